import { testEventStore } from '#test/contracts/event-store.ts';

import { createMemoryStore } from './memory-store.ts';

testEventStore(() => createMemoryStore({ now: () => new Date(0), enqueue: () => {} }));

import { z } from 'zod';

/** What every incident goes through; a person may correct each. */
export const Moment = z.enum(['started', 'detected', 'acknowledged', 'mitigated', 'resolved']);
export type Moment = z.infer<typeof Moment>;

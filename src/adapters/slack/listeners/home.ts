import type { SlackEventMiddlewareArgs } from '@slack/bolt';

import type { ListenerDeps } from './listener-deps.ts';

/** Somebody looks at App Home: it is drawn for them, and kept fresh for a while. */
export function onHomeOpened(deps: ListenerDeps) {
  return async ({ event }: SlackEventMiddlewareArgs<'app_home_opened'>): Promise<void> => {
    if (event.tab !== 'home') return;
    const { name } = await deps.directory.person(event.user);
    await deps.useCases.openHome({ by: { id: event.user, name } });
  };
}

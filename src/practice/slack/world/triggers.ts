import type { Clock } from '#practice/slack/options.ts';
import { Refusal } from '#practice/slack/refusal.ts';

import { newSecret } from './ids.ts';

const LIFE_MS = 3_000;

export type Triggers = {
  issue(user: string): string;
  /** The person behind a trigger, once and within three seconds. */
  exchange(id: string): string;
};

export function createTriggers(clock: Clock): Triggers {
  const issued = new Map<string, { user: string; at: number; spent: boolean }>();
  let serial = 0;

  return {
    issue(user) {
      serial += 1;
      const id = `${serial}.${clock.now().getTime()}.${newSecret()}`;
      issued.set(id, { user, at: clock.now().getTime(), spent: false });
      return id;
    },
    exchange(id) {
      const trigger = issued.get(id);
      if (trigger === undefined) throw new Refusal('invalid_trigger_id');
      if (trigger.spent) throw new Refusal('exchanged_trigger_id');
      if (clock.now().getTime() - trigger.at > LIFE_MS) throw new Refusal('expired_trigger_id');
      trigger.spent = true;
      return trigger.user;
    },
  };
}

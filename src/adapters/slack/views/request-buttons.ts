import type { types } from '@slack/bolt';

import { LIMITS } from '#adapters/slack/limits.ts';
import type { Request } from '#adapters/slack/request.ts';

import { plainElement } from './blocks.ts';

/** Presses of buttons that we draw ourselves, outside of any message of the core. */
export const REQUEST_PREFIX = 'request:';

/** Buttons that each carry a whole request; one that is too long for a button is left out. */
export function requestButtons(
  buttons: readonly { label: string; request: Request }[],
): types.ActionsBlock[] {
  const elements = buttons.flatMap(({ label, request }, index): types.Button[] => {
    const value = JSON.stringify(request);
    if (value.length > LIMITS.buttonValue) return [];
    return [
      {
        type: 'button',
        action_id: `${REQUEST_PREFIX}${index}`,
        value,
        text: plainElement(label, LIMITS.buttonLabel),
      },
    ];
  });
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

import type { types } from '@slack/bolt';

import { LIMITS } from '#adapters/slack/limits.ts';
import type { Request } from '#adapters/slack/request.ts';

import { plainElement } from './blocks.ts';

/** Presses of buttons that we draw ourselves, outside of any message of the core. */
export const REQUEST_PREFIX = 'request:';

type RequestButton = { label: string; request: Request };

/**
 * Buttons that each carry a whole request; one that is too long for a button is left out. `group` keeps
 * them apart where a view has several rows of them.
 */
export function requestButtons(
  buttons: readonly RequestButton[],
  group = '',
): types.ActionsBlock[] {
  const elements = buttons.flatMap((button, index) => buttonOf(button, `${group}${index}`));
  return elements.length === 0 ? [] : [{ type: 'actions', elements }];
}

/** The same beside what it is about. `key`: unlike any other in the message. */
export function withButton(
  about: types.SectionBlock,
  button: RequestButton,
  key: string,
): types.SectionBlock {
  const [accessory] = buttonOf(button, key);
  return accessory === undefined ? about : { ...about, accessory };
}

function buttonOf({ label, request }: RequestButton, key: string): types.Button[] {
  const value = JSON.stringify(request);
  if (value.length > LIMITS.buttonValue) return [];
  return [
    {
      type: 'button',
      action_id: `${REQUEST_PREFIX}${key}`,
      value,
      text: plainElement(label, LIMITS.buttonLabel),
    },
  ];
}

import { raw } from 'hono/html';

import type { Text } from '#practice/slack/blocks/text.ts';

import type { Html } from './html.ts';
import { mrkdwn, plainWithEmoji } from './mrkdwn.ts';
import type { Names } from './names.ts';

export function textHtml(text: Text, names: Names): Html {
  return raw(text.type === 'mrkdwn' ? mrkdwn(text.text, names) : plainWithEmoji(text.text));
}

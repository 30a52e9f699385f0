import type { Block } from '#practice/slack/blocks/block.ts';
import { readBlocks } from '#practice/slack/blocks/read-blocks.ts';
import { isObject, type Json, type JsonObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import type { World } from '#practice/slack/world/world.ts';

import { refuseUnacceptable } from './acceptable-blocks.ts';

const MOST_TEXT = 40_000;
/** Slack refuses somewhat above 10,000 characters of text in all blocks together. */
const MOST_TEXT_IN_BLOCKS = 11_000;

export type Content = { text: string; blocks: readonly Block[]; metadata: JsonObject | null };

/**
 * Reads what a message is to say: from an API call, an answer to a command, or a post to a response
 * URL. `get` gives an argument by its name, parsed where it is JSON.
 */
export function readContent(
  world: World,
  get: (name: string) => unknown,
  mostText: number = MOST_TEXT,
): Content {
  const given = get('text');
  const text = typeof given === 'string' ? given : '';
  const markdown = get('markdown_text');
  const blocksGiven =
    typeof markdown === 'string' && markdown !== ''
      ? [{ type: 'markdown', text: markdown }]
      : get('blocks');

  let blocks: readonly Block[] = [];
  if (blocksGiven !== undefined && blocksGiven !== null) {
    if (!Array.isArray(blocksGiven)) throw new Refusal('invalid_blocks_format');
    const read = readBlocks(blocksGiven, 'message');
    if (!read.ok) {
      throw new Refusal('invalid_blocks', {
        errors: read.messages.map((message) => message.replace('[ERROR] ', '')),
        response_metadata: { messages: read.messages },
      });
    }
    refuseUnacceptable(world, read.blocks, 'message');
    blocks = read.blocks;
  }
  if (text === '' && blocks.length === 0) throw new Refusal('no_text');
  if (text.length > mostText) throw new Refusal('msg_too_long');
  if (textIn(blocks) > MOST_TEXT_IN_BLOCKS) throw new Refusal('msg_blocks_too_long');
  return { text, blocks, metadata: readMetadata(get('metadata')) };
}

function readMetadata(value: unknown): JsonObject | null {
  if (value === undefined || value === null || value === '') return null;
  if (
    !isObject(value) ||
    typeof value['event_type'] !== 'string' ||
    !isObject(value['event_payload'])
  ) {
    throw new Refusal('invalid_metadata_format');
  }
  if (JSON.stringify(value).length > 16_000) throw new Refusal('metadata_too_large');
  const copy: JsonObject = JSON.parse(JSON.stringify(value));
  return { event_type: copy['event_type'], event_payload: copy['event_payload'] };
}

function textIn(value: Json | readonly Block[] | undefined | object): number {
  if (Array.isArray(value)) return value.reduce((sum: number, item) => sum + textIn(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) =>
      sum +
      (key === 'text' && typeof item === 'string' ? item.length : isPart(item) ? textIn(item) : 0),
    0,
  );
}

function isPart(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

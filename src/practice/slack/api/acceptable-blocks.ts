import type { Block } from '#practice/slack/blocks/block.ts';
import { isObject } from '#practice/slack/json.ts';
import { Refusal } from '#practice/slack/refusal.ts';
import type { World } from '#practice/slack/world/world.ts';

/** The image formats that `slack_file` may show. */
const SHOWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg', 'image/gif']);

/**
 * What can't be told from the blocks alone: whether the workspace has such blocks already, and whether
 * the images in them are there. A file is not right after its upload: Slack looks at it first.
 */
export function refuseUnacceptable(world: World, blocks: readonly Block[], surface: string): void {
  const messages = blocks.flatMap((block, index) => [
    ...(world.withoutBlocks.has(block.type)
      ? [`[ERROR] unsupported type: ${block.type} [json-pointer:/blocks/${index}]`]
      : []),
    ...filesIn(block).flatMap((id) =>
      isShown(world, id)
        ? []
        : [`[ERROR] invalid slack file [json-pointer:/blocks/${index}/slack_file]`],
    ),
  ]);
  if (messages.length > 0) {
    throw new Refusal('invalid_blocks', {
      errors: messages.map((message) => message.replace('[ERROR] ', '')),
      response_metadata: { messages },
    });
  }
  if (surface === 'message' && blocks.filter(({ type }) => type === 'table').length > 1) {
    throw new Refusal('invalid_attachments', { errors: ['only_one_table_allowed'] });
  }
}

function isShown(world: World, id: unknown): boolean {
  const file = typeof id === 'string' ? world.files.get(id) : undefined;
  return file !== undefined && SHOWN.has(file.type) && file.readyAt <= world.clock.now().getTime();
}

function filesIn(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(filesIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'slack_file' && isObject(inner) ? [inner['id']] : filesIn(inner),
  );
}

import { z } from 'zod';

import { isObject } from '#practice/slack/json.ts';

import { Block } from './block.ts';
import { elementsOf } from './elements-of.ts';

export type Surface = 'message' | 'modal' | 'home';

const MOST_BLOCKS = { message: 50, modal: 100, home: 100 } as const;

/** All markdown blocks of a payload together. */
const MOST_MARKDOWN = 12_000;

export type ReadBlocks =
  | { ok: true; blocks: readonly Block[] }
  | { ok: false; messages: readonly string[] };

/**
 * Checks blocks as Slack does and gives each block and element the id it came without. The messages
 * are in Slack's manner: what is wrong, and a JSON pointer to where.
 */
export function readBlocks(value: unknown, surface: Surface): ReadBlocks {
  const parsed = z.array(Block).max(MOST_BLOCKS[surface]).safeParse(value);
  if (!parsed.success) {
    return { ok: false, messages: parsed.error.issues.map((issue) => describe(issue, value)) };
  }
  const messages = [
    ...misplaced(parsed.data, surface),
    ...repeated(parsed.data),
    ...tooMuchMarkdown(parsed.data),
    ...incomplete(parsed.data),
  ];
  return messages.length > 0 ? { ok: false, messages } : { ok: true, blocks: withIds(parsed.data) };
}

function describe(issue: z.core.$ZodIssue, value: unknown): string {
  const pointer = ['/blocks', ...issue.path.map(String)].join('/');
  const at = `[json-pointer:${pointer}]`;
  if (issue.code === 'unrecognized_keys') {
    return `[ERROR] invalid additional property: ${issue.keys.join(', ')} ${at}`;
  }
  if (issue.code === 'too_big') return `[ERROR] ${tooBig(issue)} ${at}`;
  if (issue.code === 'invalid_union' && issue.path.at(-1) === 'type') {
    return `[ERROR] unsupported type: ${typeAt(value, issue.path.slice(0, -1))} ${at}`;
  }
  return `[ERROR] ${issue.message} ${at}`;
}

function tooBig(issue: z.core.$ZodIssueTooBig): string {
  const unit = issue.origin === 'array' ? 'items' : 'characters';
  return issue.origin === 'array'
    ? `no more than ${issue.maximum} ${unit} allowed`
    : `must be less than ${Number(issue.maximum) + 1} ${unit}`;
}

function typeAt(value: unknown, path: readonly PropertyKey[]): string {
  let at = value;
  for (const key of path) {
    if (Array.isArray(at)) at = at[Number(key)];
    else at = isObject(at) ? at[String(key)] : undefined;
  }
  return isObject(at) ? String(at['type']) : String(at);
}

/** `alert` is for modals, `input` for modals and home tabs; a message has neither. */
function misplaced(blocks: readonly Block[], surface: Surface): readonly string[] {
  return blocks.flatMap((block, index) => {
    const allowed =
      block.type === 'alert'
        ? surface === 'modal'
        : block.type !== 'input' || surface !== 'message';
    return allowed
      ? []
      : [`[ERROR] ${block.type} is not allowed in a ${surface} [json-pointer:/blocks/${index}]`];
  });
}

function repeated(blocks: readonly Block[]): readonly string[] {
  const messages: string[] = [];
  const blockIds = new Set<string>();
  for (const block of blocks) {
    if (block.block_id === undefined) continue;
    if (blockIds.has(block.block_id)) {
      messages.push(`[ERROR] "block_id" ${block.block_id} already exists`);
    }
    blockIds.add(block.block_id);
  }
  for (const block of blocks) {
    const actionIds = new Set<string>();
    for (const { actionId } of elementsOf([block])) {
      if (actionId !== '' && actionIds.has(actionId)) {
        messages.push(`[ERROR] "action_id" ${actionId} already exists`);
      }
      actionIds.add(actionId);
    }
  }
  return messages;
}

function tooMuchMarkdown(blocks: readonly Block[]): readonly string[] {
  const length = blocks.reduce(
    (sum, block) => sum + (block.type === 'markdown' ? block.text.length : 0),
    0,
  );
  return length > MOST_MARKDOWN
    ? [`[ERROR] markdown text of all blocks must be less than ${MOST_MARKDOWN + 1} characters`]
    : [];
}

function incomplete(blocks: readonly Block[]): readonly string[] {
  return elementsOf(blocks).flatMap(({ element }) => {
    if (element.type !== 'static_select' && element.type !== 'multi_static_select') return [];
    return (element.options === undefined) === (element.option_groups === undefined)
      ? [`[ERROR] ${element.type} must have either options or option_groups`]
      : [];
  });
}

function withIds(blocks: readonly Block[]): readonly Block[] {
  const taken = new Set(blocks.map((block) => block.block_id));
  let next = 0;
  function freshId(): string {
    do next += 1;
    while (taken.has(`b${next}`));
    return `b${next}`;
  }
  return blocks.map((block) => {
    const copy = { ...structuredClone(block), block_id: block.block_id ?? freshId() };
    if (copy.type === 'container') {
      copy.child_blocks.forEach((child) => (child.block_id ??= freshId()));
    }
    elementsOf([copy]).forEach(({ element }, index) => (element.action_id ??= `a${index + 1}`));
    return copy;
  });
}

import { z } from 'zod';

import { elementsOf } from '#practice/slack/blocks/elements-of.ts';
import { readBlocks } from '#practice/slack/blocks/read-blocks.ts';
import { plainText } from '#practice/slack/blocks/text.ts';
import { refusalWithMessages, Refusal } from '#practice/slack/refusal.ts';
import type { ModalContent } from '#practice/slack/world/modal.ts';
import type { HomeView } from '#practice/slack/world/world.ts';

const MOST_BYTES = 250_000;

const frame = {
  blocks: z.array(z.unknown()),
  callback_id: z.string().max(255).optional(),
  private_metadata: z.string().max(3000).optional(),
  external_id: z.string().max(255).optional(),
};

const ModalPayload = z.strictObject({
  type: z.literal('modal'),
  ...frame,
  title: plainText(24),
  submit: plainText(24).nullish(),
  close: plainText(24).nullish(),
  notify_on_close: z.boolean().optional(),
  clear_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
});

const HomePayload = z.strictObject({ type: z.literal('home'), ...frame });

export function readModal(value: unknown): ModalContent {
  const view = parse(ModalPayload, value);
  const read = readBlocks(view.blocks, 'modal');
  if (!read.ok) throw refusalWithMessages('invalid_arguments', read.messages.map(inView));
  const hasInput = elementsOf(read.blocks).some(({ block }) => block.type === 'input');
  if (hasInput && (view.submit === undefined || view.submit === null)) {
    throw refusalWithMessages('invalid_arguments', [
      '[ERROR] missing required field: submit [json-pointer:/view/submit]',
    ]);
  }
  return {
    title: view.title.text,
    submit: view.submit?.text ?? null,
    close: view.close?.text ?? null,
    callbackId: view.callback_id ?? '',
    externalId: view.external_id ?? '',
    privateMetadata: view.private_metadata ?? '',
    notifyOnClose: view.notify_on_close ?? false,
    clearOnClose: view.clear_on_close ?? false,
    blocks: read.blocks,
  };
}

export function readHome(
  value: unknown,
): Pick<HomeView, 'blocks' | 'callbackId' | 'privateMetadata'> {
  const view = parse(HomePayload, value);
  const read = readBlocks(view.blocks, 'home');
  if (!read.ok) throw refusalWithMessages('invalid_arguments', read.messages.map(inView));
  return {
    blocks: read.blocks,
    callbackId: view.callback_id ?? '',
    privateMetadata: view.private_metadata ?? '',
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  if (JSON.stringify(value ?? null).length > MOST_BYTES) throw new Refusal('view_too_large');
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw refusalWithMessages(
    'invalid_arguments',
    parsed.error.issues.map(
      (issue) =>
        `[ERROR] ${issue.message} [json-pointer:${['/view', ...issue.path.map(String)].join('/')}]`,
    ),
  );
}

function inView(message: string): string {
  return message.replace('[json-pointer:/blocks', '[json-pointer:/view/blocks');
}

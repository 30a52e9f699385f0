import { z } from 'zod';

import {
  Accessory,
  ActionsElement,
  Button,
  FeedbackButtons,
  IconButton,
  Image,
  InputElement,
} from './element.ts';
import { RichText } from './rich-text.ts';
import { anyText, plainText } from './text.ts';

/** Slack's blocks with Slack's limits. A property that Slack does not know is an error, as there. */
const id = { block_id: z.string().min(1).max(255).optional() };

const Section = z
  .strictObject({
    type: z.literal('section'),
    ...id,
    text: anyText(3000).optional(),
    fields: z.array(anyText(2000)).min(1).max(10).optional(),
    accessory: Accessory.optional(),
    expand: z.boolean().optional(),
  })
  .refine((section) => section.text !== undefined || section.fields !== undefined, {
    message: 'must have text or fields',
  });

const Actions = z.strictObject({
  type: z.literal('actions'),
  ...id,
  elements: z.array(ActionsElement).min(1).max(25),
});

const Context = z.strictObject({
  type: z.literal('context'),
  ...id,
  elements: z
    .array(z.union([anyText(3000), Image]))
    .min(1)
    .max(10),
});

const ContextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...id,
  elements: z
    .array(z.discriminatedUnion('type', [FeedbackButtons, IconButton]))
    .min(1)
    .max(5),
});

const Divider = z.strictObject({ type: z.literal('divider'), ...id });
const Header = z.strictObject({ type: z.literal('header'), ...id, text: plainText(150) });

const ImageBlock = z
  .strictObject({
    type: z.literal('image'),
    ...id,
    alt_text: z.string().min(1).max(2000),
    title: plainText(2000).optional(),
    image_url: z.string().min(1).max(3000).optional(),
    slack_file: z
      .strictObject({ id: z.string().optional(), url: z.string().optional() })
      .optional(),
  })
  .refine((image) => (image.image_url === undefined) !== (image.slack_file === undefined), {
    message: 'must have either image_url or slack_file',
  });

const Input = z.strictObject({
  type: z.literal('input'),
  ...id,
  label: plainText(2000),
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: InputElement,
});

const Markdown = z.strictObject({
  type: z.literal('markdown'),
  ...id,
  text: z.string().min(1).max(12_000),
});

const Cell = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('raw_text'), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('raw_number'), value: z.number(), text: z.string().min(1) }),
  RichText,
]);

const Table = z.strictObject({
  type: z.literal('table'),
  ...id,
  rows: z.array(z.array(Cell).min(1).max(20)).min(1).max(100),
  column_settings: z
    .array(
      z.strictObject({
        align: z.enum(['left', 'center', 'right']).optional(),
        is_wrapped: z.boolean().optional(),
      }),
    )
    .max(20)
    .optional(),
});

/** What a task says is one element of rich text. */
const TaskText = RichText.refine(({ elements }) => elements.length === 1, {
  message: 'must have exactly one element',
});

const TaskCard = z.strictObject({
  type: z.literal('task_card'),
  ...id,
  task_id: z.string().min(1),
  title: z.string().min(1),
  details: TaskText.optional(),
  output: TaskText.optional(),
  sources: z
    .array(z.strictObject({ type: z.literal('url'), url: z.string(), text: z.string() }))
    .optional(),
  status: z.enum(['pending', 'in_progress', 'complete', 'error']),
});

const Plan = z.strictObject({
  type: z.literal('plan'),
  ...id,
  title: z.string().min(1),
  tasks: z.array(TaskCard).max(50).optional(),
});

const Alert = z.strictObject({
  type: z.literal('alert'),
  ...id,
  text: anyText(3000),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

const Card = z.strictObject({
  type: z.literal('card'),
  ...id,
  hero_image: Image.optional(),
  icon: Image.optional(),
  title: anyText(150).optional(),
  subtitle: anyText(150).optional(),
  body: anyText(200).optional(),
  actions: z.array(Button).max(5).optional(),
});

const plainBlocks = [
  Section,
  Actions,
  Context,
  Divider,
  Header,
  ImageBlock,
  Input,
  RichText,
  Table,
] as const;

const Container = z.strictObject({
  type: z.literal('container'),
  ...id,
  title: plainText(150).optional(),
  rich_text_title: RichText.optional(),
  subtitle: anyText(150).optional(),
  child_blocks: z.array(z.discriminatedUnion('type', plainBlocks)).min(1).max(10),
  width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
  icon: Image.optional(),
  is_collapsible: z.boolean().optional(),
  default_collapsed: z.boolean().optional(),
  has_header_divider: z.boolean().optional(),
});

export const Block = z.discriminatedUnion('type', [
  ...plainBlocks,
  ContextActions,
  Markdown,
  TaskCard,
  Plan,
  Alert,
  Card,
  Container,
]);
export type Block = z.infer<typeof Block>;

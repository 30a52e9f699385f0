import { z } from 'zod';

import { Confirm, option, Option, plainText } from './text.ts';

const action = { action_id: z.string().min(1).max(255).optional() };
const confirm = { confirm: Confirm.optional() };
const focus = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(150).optional() };
const dispatch = {
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).optional(),
    })
    .optional(),
};
const style = { style: z.enum(['primary', 'danger']).optional() };
const label = { accessibility_label: z.string().max(75).optional() };
const menu = { ...action, ...confirm, ...focus, ...placeholder };
const many = { max_selected_items: z.int().min(1).optional() };
const choice = {
  options: z.array(Option).min(1).max(100).optional(),
  option_groups: z
    .array(z.strictObject({ label: plainText(75), options: z.array(Option).min(1).max(100) }))
    .min(1)
    .max(100)
    .optional(),
};
const filter = {
  default_to_current_conversation: z.boolean().optional(),
  filter: z
    .strictObject({
      include: z
        .array(z.enum(['im', 'mpim', 'private', 'public']))
        .min(1)
        .optional(),
      exclude_external_shared_channels: z.boolean().optional(),
      exclude_bot_users: z.boolean().optional(),
    })
    .optional(),
};
const respond = { response_url_enabled: z.boolean().optional() };

export const Button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  ...action,
  ...confirm,
  ...style,
  ...label,
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
});

export const Image = z
  .strictObject({
    type: z.literal('image'),
    alt_text: z.string().min(1).max(2000),
    image_url: z.string().min(1).max(3000).optional(),
    slack_file: z
      .strictObject({ id: z.string().optional(), url: z.string().optional() })
      .optional(),
  })
  .refine((image) => (image.image_url === undefined) !== (image.slack_file === undefined), {
    message: 'must have either image_url or slack_file',
  });

const feedback = z.strictObject({ text: plainText(75), value: z.string().max(2000), ...label });

export const FeedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  ...action,
  positive_button: feedback,
  negative_button: feedback,
});

export const IconButton = z.strictObject({
  type: z.literal('icon_button'),
  icon: z.string(),
  text: plainText(75),
  ...action,
  ...confirm,
  ...label,
  value: z.string().max(2000).optional(),
  visible_to_user_ids: z.array(z.string()).optional(),
});

/** Menus and pickers: they may stand in a section, in a row of actions, and in a form. */
const Menu = [
  z.strictObject({
    type: z.literal('static_select'),
    ...menu,
    ...choice,
    initial_option: Option.optional(),
  }),
  z.strictObject({
    type: z.literal('multi_static_select'),
    ...menu,
    ...choice,
    ...many,
    initial_options: z.array(Option).optional(),
  }),
  z.strictObject({ type: z.literal('users_select'), ...menu, initial_user: z.string().optional() }),
  z.strictObject({
    type: z.literal('multi_users_select'),
    ...menu,
    ...many,
    initial_users: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('conversations_select'),
    ...menu,
    ...filter,
    ...respond,
    initial_conversation: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_conversations_select'),
    ...menu,
    ...filter,
    ...many,
    initial_conversations: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('channels_select'),
    ...menu,
    ...respond,
    initial_channel: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('multi_channels_select'),
    ...menu,
    ...many,
    initial_channels: z.array(z.string()).optional(),
  }),
  z.strictObject({
    type: z.literal('datepicker'),
    ...menu,
    initial_date: z.iso.date().optional(),
  }),
  z.strictObject({
    type: z.literal('timepicker'),
    ...menu,
    initial_time: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    timezone: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('datetimepicker'),
    ...action,
    ...confirm,
    ...focus,
    initial_date_time: z.int().optional(),
  }),
  z.strictObject({
    type: z.literal('checkboxes'),
    ...action,
    ...confirm,
    ...focus,
    options: z.array(Option).min(1).max(10),
    initial_options: z.array(Option).optional(),
  }),
  z.strictObject({
    type: z.literal('radio_buttons'),
    ...action,
    ...confirm,
    ...focus,
    options: z.array(Option).min(1).max(10),
    initial_option: Option.optional(),
  }),
] as const;

const Overflow = z.strictObject({
  type: z.literal('overflow'),
  ...action,
  ...confirm,
  options: z.array(option(150)).min(1).max(5),
});

const field = { ...action, ...focus, ...placeholder, ...dispatch };

const Field = [
  z.strictObject({
    type: z.literal('plain_text_input'),
    ...field,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  }),
  z.strictObject({
    type: z.literal('email_text_input'),
    ...field,
    initial_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('url_text_input'),
    ...field,
    initial_value: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('number_input'),
    ...field,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  }),
] as const;

export const ActionsElement = z.discriminatedUnion('type', [Button, Overflow, ...Menu]);
export const Accessory = z.discriminatedUnion('type', [Button, Image, Overflow, ...Menu]);
export const InputElement = z.discriminatedUnion('type', [...Field, ...Menu]);

export type Element = z.infer<
  | typeof ActionsElement
  | typeof Accessory
  | typeof InputElement
  | typeof FeedbackButtons
  | typeof IconButton
>;
export type InteractiveElement = Exclude<Element, { type: 'image' }>;

/** One of everything that the practice Slack takes, as an app sends it. */

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const section = (text: string, more: object = {}) => ({
  type: 'section',
  text: mrkdwn(text),
  ...more,
});
const said = (text: string, style?: object) => ({
  type: 'text',
  text,
  ...(style === undefined ? {} : { style }),
});
const rich = (...elements: object[]) => ({
  type: 'rich_text',
  elements: [{ type: 'rich_text_section', elements }],
});

const options = ['one', 'two', 'three'].map((value) => ({ text: plain(`Option ${value}`), value }));
const described = options.map((option) => ({
  ...option,
  description: plain(`What ${option.value} is`),
}));
const many = Array.from({ length: 12 }, (_, index) => ({
  text: plain(`Service ${index + 1}`),
  value: `service-${index + 1}`,
}));

const button = (action_id: string, text: string, more: object = {}) => ({
  type: 'button',
  action_id,
  text: plain(text),
  ...more,
});

const confirm = {
  title: plain('Roll back checkout?'),
  text: mrkdwn('From *1842* to *1841* in production.'),
  confirm: plain('Roll back'),
  deny: plain('Not now'),
  style: 'danger',
};

export const textBlocks = [
  { type: 'header', text: plain('Checkout returns 5xx') },
  section(
    '*Bold*, _italic_, ~struck~, `code` and a <https://example.com|link> for <@U0BEN> in <#C0OPS>',
  ),
  section('&gt; quoted\n```\nan error & <b>more</b>\n```'),
  { type: 'section', fields: [mrkdwn('*Severity*\nSEV1'), mrkdwn('*Since*\n09:10')] },
  { type: 'context', elements: [mrkdwn('checkout · production'), plain('quiet')] },
  { type: 'divider' },
  rich(said('Rich '), said('text', { bold: true }), { type: 'emoji', name: 'tada' }),
  {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_list',
        style: 'bullet',
        elements: [
          { type: 'rich_text_section', elements: [said('first')] },
          { type: 'rich_text_section', elements: [said('second')] },
        ],
      },
      { type: 'rich_text_quote', elements: [said('what was said')] },
      { type: 'rich_text_preformatted', elements: [said('GET /orders 500')] },
    ],
  },
  {
    type: 'markdown',
    text: '## Markdown\n\nWith **bold**, a [link](https://example.com) and\n\n- a list\n- of two\n\n| gateway | errors |\n| --- | ---: |\n| a | 42 % |',
  },
  {
    type: 'table',
    column_settings: [{}, { align: 'right' }],
    rows: [
      [
        { type: 'raw_text', text: 'Minute' },
        { type: 'raw_text', text: 'Errors' },
      ],
      [
        { type: 'raw_text', text: '09:10' },
        { type: 'raw_number', value: 0.42, text: '42 %' },
      ],
    ],
  },
];

export const progressBlocks = [
  {
    type: 'plan',
    title: 'Roll back checkout',
    tasks: [
      {
        type: 'task_card',
        task_id: '1',
        title: 'Is checkout failing',
        status: 'complete',
        output: rich(said('42 % of orders fail')),
      },
      {
        type: 'task_card',
        task_id: '2',
        title: 'Do the URLs point at the right hosts',
        status: 'error',
        details: rich(said('2 wrong settings')),
      },
      {
        type: 'task_card',
        task_id: '3',
        title: 'Roll back',
        status: 'in_progress',
        sources: [{ type: 'url', url: 'https://deploys.example.com', text: 'deployment' }],
      },
      { type: 'task_card', task_id: '4', title: 'Watch the error rate', status: 'pending' },
    ],
  },
  { type: 'task_card', task_id: '5', title: 'A card by itself', status: 'complete' },
  {
    type: 'card',
    title: plain('A card'),
    subtitle: plain('Below its title'),
    body: mrkdwn('With *text*'),
    actions: [button('card', 'Open')],
  },
  {
    type: 'container',
    title: plain('Finished steps'),
    subtitle: plain('3 of 4'),
    default_collapsed: true,
    child_blocks: [section('Inside')],
  },
  {
    type: 'image',
    image_url: 'https://example.com/elsewhere.png',
    alt_text: 'A chart from elsewhere',
  },
  {
    type: 'context_actions',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: 'helpful',
        positive_button: { text: plain('Good'), value: 'good' },
        negative_button: { text: plain('Bad'), value: 'bad' },
      },
      { type: 'icon_button', action_id: 'remove', icon: 'trash', text: plain('Remove') },
    ],
  },
];

export const pressBlocks = [
  {
    type: 'actions',
    block_id: 'row',
    elements: [
      button('plain', 'Check again'),
      button('primary', 'Roll back 1842 → 1841', { style: 'primary', confirm }),
      button('danger', 'Stop', { style: 'danger' }),
      { type: 'overflow', action_id: 'more', options: options.map((option) => option) },
    ],
  },
  section('Severity', {
    block_id: 'severity',
    accessory: {
      type: 'static_select',
      action_id: 'pick',
      placeholder: plain('Choose one'),
      options,
    },
  }),
  section('Services', {
    block_id: 'services',
    accessory: {
      type: 'multi_static_select',
      action_id: 'picks',
      placeholder: plain('Choose some'),
      options: many,
    },
  }),
  section('Who', { block_id: 'who', accessory: { type: 'users_select', action_id: 'person' } }),
  section('Where', {
    block_id: 'where',
    accessory: { type: 'conversations_select', action_id: 'channel' },
  }),
  section('When', { block_id: 'when', accessory: { type: 'datepicker', action_id: 'day' } }),
  section('How', {
    block_id: 'how',
    accessory: { type: 'radio_buttons', action_id: 'way', options },
  }),
  section('What', {
    block_id: 'what',
    accessory: { type: 'checkboxes', action_id: 'things', options },
  }),
];

const input = (block_id: string, label: string, element: object, more: object = {}) => ({
  type: 'input',
  block_id,
  label: plain(label),
  element: { action_id: 'value', ...element },
  optional: true,
  ...more,
});

/** Every input; those with `wrong` in their name refuse what the test puts in. */
export const everyInput = [
  { type: 'alert', level: 'warning', text: mrkdwn('This is *production*.') },
  input(
    'title',
    'Title',
    { type: 'plain_text_input', placeholder: plain('What broke?'), min_length: 3 },
    { optional: false, hint: plain('In a few words') },
  ),
  input('text', 'Description', {
    type: 'plain_text_input',
    multiline: true,
    initial_value: 'Orders fail\nsince 09:10',
  }),
  input('count', 'Instances', {
    type: 'number_input',
    is_decimal_allowed: false,
    min_value: '1',
    max_value: '9',
  }),
  input('mail', 'Email', { type: 'email_text_input' }),
  input('page', 'Dashboard', { type: 'url_text_input' }),
  input('severity', 'Severity', {
    type: 'static_select',
    option_groups: [{ label: plain('Group'), options }],
    initial_option: options[0],
  }),
  input('services', 'Services', { type: 'multi_static_select', options: many }),
  input('person', 'Commander', { type: 'users_select' }),
  input('people', 'Responders', { type: 'multi_users_select' }),
  input('channel', 'Channel', { type: 'channels_select' }),
  input('channels', 'Channels', { type: 'multi_channels_select' }),
  input('conversation', 'Conversation', { type: 'conversations_select' }),
  input('conversations', 'Conversations', { type: 'multi_conversations_select' }),
  input('day', 'Day', { type: 'datepicker', initial_date: '2026-11-24' }),
  input('time', 'Time', { type: 'timepicker', initial_time: '09:16' }),
  input('moment', 'Moment', { type: 'datetimepicker', initial_date_time: 1_795_500_000 }),
  input('way', 'Way', { type: 'radio_buttons', options: described }),
  input('things', 'Things', {
    type: 'checkboxes',
    options: described,
    initial_options: [described[1]],
  }),
];

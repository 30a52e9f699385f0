import type { App, ViewStateValue } from '@slack/bolt';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';

import {
  actions,
  BEN,
  button,
  createTestbed,
  form,
  OPS,
  plain,
} from '#test/practice/slack/support/testbed.ts';

import { everyInput } from './support/every-block.ts';
import { focused, openEyes } from './support/look.ts';

/** A page on which Ben has the app's form open, which a shortcut opens. */
async function withForm(view: object, listen: (app: App) => void = () => {}) {
  const bed = await createTestbed();
  const eyes = await openEyes();
  await bed.socketApp((app) => {
    app.shortcut('declare', async ({ ack, client, shortcut }) => {
      await ack();
      await client.apiCall('views.open', { trigger_id: shortcut.trigger_id, view });
    });
    listen(app);
  });
  const page = await eyes.open(new URL(`?as=${BEN}&channel=${OPS}`, bed.workspace.pageUrl));
  await page.getByRole('button', { name: 'Shortcuts' }).click();
  await page.getByRole('menuitem', { name: 'Declare an incident' }).click();
  await page.getByRole('dialog').waitFor();
  return {
    page,
    async [Symbol.asyncDispose]() {
      await eyes[Symbol.asyncDispose]();
      await bed[Symbol.asyncDispose]();
    },
  };
}

function choose(page: Page, group: string, ...names: string[]) {
  return names.reduce(
    (before, name) =>
      before.then(() =>
        page.getByRole('group', { name: group }).getByRole('checkbox', { name }).check(),
      ),
    page
      .locator('details', { hasText: `${group}:` })
      .locator('summary')
      .click(),
  );
}

it('sends what was put into every kind of field', async () => {
  const sent: Record<string, Record<string, ViewStateValue>>[] = [];
  const view = {
    type: 'modal',
    callback_id: 'all',
    title: plain('Everything'),
    submit: plain('Send'),
    blocks: everyInput,
  };
  await using opened = await withForm(view, (app) => {
    app.view('all', async ({ ack, view: { state } }) => {
      await ack();
      sent.push(state.values);
    });
  });
  const { page } = opened;
  const dialog = page.getByRole('dialog', { name: 'Everything' });

  await dialog.getByLabel('Title').fill('Checkout is down');
  await dialog.getByLabel('Instances').fill('3');
  await dialog.getByLabel('Email').fill('ben@shop.example');
  await dialog.getByLabel('Dashboard').fill('https://grafana.example.com');
  await dialog.getByLabel('Severity').selectOption('Option two');
  await choose(page, 'Services', 'Service 2', 'Service 12');
  await dialog.getByLabel('Commander').selectOption('Carla Ruiz');
  await choose(page, 'Responders', 'Ben Ito', 'Carla Ruiz');
  await dialog.getByLabel('Channel', { exact: true }).selectOption('#ops');
  await choose(page, 'Channels', '#general');
  await dialog.getByLabel('Conversation', { exact: true }).selectOption('#general');
  await choose(page, 'Conversations', '#ops');
  await dialog.getByRole('radio', { name: 'Option one' }).check();
  await dialog.getByRole('checkbox', { name: 'Option three' }).check();
  await dialog.getByRole('button', { name: 'Send' }).click();
  await dialog.waitFor({ state: 'detached' });

  expect(sent).toMatchObject([
    {
      title: { value: { value: 'Checkout is down' } },
      text: { value: { value: 'Orders fail\nsince 09:10' } },
      count: { value: { value: '3' } },
      mail: { value: { value: 'ben@shop.example' } },
      page: { value: { value: 'https://grafana.example.com' } },
      severity: { value: { selected_option: { value: 'two' } } },
      services: { value: { selected_options: [{ value: 'service-2' }, { value: 'service-12' }] } },
      person: { value: { selected_user: 'U0CARLA' } },
      people: { value: { selected_users: [BEN, 'U0CARLA'] } },
      channel: { value: { selected_channel: OPS } },
      channels: { value: { selected_channels: ['C0GENERAL'] } },
      conversation: { value: { selected_conversation: 'C0GENERAL' } },
      conversations: { value: { selected_conversations: [OPS] } },
      day: { value: { selected_date: '2026-11-24' } },
      time: { value: { selected_time: '09:16' } },
      moment: { value: { selected_date_time: 1_795_500_000 } },
      way: { value: { selected_option: { value: 'one' } } },
      things: { value: { selected_options: [{ value: 'two' }, { value: 'three' }] } },
    },
  ]);
});

it('says beside each field what is wrong with it, and keeps what was typed', async () => {
  const view = {
    type: 'modal',
    callback_id: 'all',
    title: plain('Everything'),
    submit: plain('Send'),
    blocks: everyInput,
  };
  await using opened = await withForm(view, (app) => {
    app.view('all', ({ ack }) =>
      ack({ response_action: 'errors', errors: { title: 'There is one already' } }),
    );
  });
  const { page } = opened;
  const title = page.getByLabel('Title');

  await title.fill('ab');
  await page.getByLabel('Instances').fill('many');
  await page.getByLabel('Email').fill('nobody');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await page.getByText('Please use at least 3 characters.').waitFor();
  await page.getByText('Enter a whole number.').waitFor();
  await page.getByText('Enter an email address.').waitFor();
  expect(await page.locator(':focus').inputValue()).toBe('ab');

  await title.fill('abc');
  await page.getByLabel('Instances').fill('4');
  await page.getByLabel('Email').fill('');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await page.getByText('There is one already').waitFor();
  expect(await title.inputValue()).toBe('abc');
  expect(await page.getByLabel('Instances').inputValue()).toBe('4');
});

it('updates a form around what is typed in it', async () => {
  const first = {
    ...form('first', { note: 'Note' }),
    blocks: [...actions(button('more', 'More')), ...form('', { note: 'Note' }).blocks],
  };
  const typed: unknown[] = [];
  await using opened = await withForm(first, (app) => {
    app.action('more', async ({ ack, client, body }) => {
      await ack();
      if (body.type !== 'block_actions' || body.view === undefined) return;
      typed.push(body.view.state.values['note']?.['value']?.value);
      const view = {
        ...first,
        title: plain('Longer'),
        blocks: [...first.blocks, ...form('', { why: 'Why' }).blocks],
      };
      await client.apiCall('views.update', { view_id: body.view.id, view });
    });
  });
  const { page } = opened;

  await page.getByLabel('Note').fill('half');
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('dialog', { name: 'Longer' }).getByLabel('Why').waitFor();

  expect(typed).toEqual(['half']);
  expect(await page.getByLabel('Note').inputValue()).toBe('half');
});

function layer(name: string) {
  return {
    ...form(name, { note: `Note of ${name}` }),
    title: plain(name),
    notify_on_close: true,
  };
}

it('stacks three modals, goes back one by one, and closes all at once', async () => {
  const closed: string[] = [];
  await using opened = await withForm(layer('one'), (app) => {
    for (const [name, next] of [
      ['one', 'two'],
      ['two', 'three'],
    ] as const) {
      app.view(name, ({ ack }) => ack({ response_action: 'push', view: layer(next) }));
    }
    app.view({ callback_id: /.*/, type: 'view_closed' }, async ({ ack, view, body }) => {
      await ack();
      const all = body.type === 'view_closed' && body.is_cleared;
      closed.push(`${view.callback_id}${all ? ' with all' : ''}`);
    });
  });
  const { page } = opened;
  const dialog = (name: string) => page.getByRole('dialog', { name });

  for (const [name, next] of [
    ['one', 'two'],
    ['two', 'three'],
  ] as const) {
    await page.getByLabel(`Note of ${name}`).fill('kept here');
    await dialog(name).getByRole('button', { name: 'Send' }).click();
    await dialog(next).waitFor();
  }
  await dialog('three').getByRole('button', { name: 'Back' }).click();
  await dialog('two').waitFor();
  expect(await page.getByLabel('Note of two').inputValue()).toBe('kept here');
  await dialog('two').getByRole('button', { name: 'Close' }).click();
  await dialog('two').waitFor({ state: 'detached' });

  expect(await page.getByRole('dialog').count()).toBe(0);
  await expect.poll(() => closed).toEqual(['three', 'two with all', 'one with all']);
});

it('clears the whole stack when the app says so, and gives the cursor back', async () => {
  await using opened = await withForm(form('first', { note: 'Note' }), (app) => {
    app.view('first', ({ ack }) => ack({ response_action: 'clear' }));
  });
  const { page } = opened;

  await page.getByLabel('Note').fill('done');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });

  expect(await focused(page)).toBe('shortcuts');
});

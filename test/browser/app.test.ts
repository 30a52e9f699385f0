import { expect, it } from 'vitest';

import {
  actions,
  BEN,
  button,
  createTestbed,
  OPS,
  plain,
} from '#test/practice/slack/support/testbed.ts';

import { pressBlocks } from './support/every-block.ts';
import { openEyes } from './support/look.ts';

const inOps = `?as=${BEN}&channel=${OPS}`;

/** A bed whose app notes what is pressed in its messages. */
async function withApp(blocks: object[]) {
  const bed = await createTestbed();
  const pressed: Record<string, unknown>[] = [];
  await bed.socketApp((app) => {
    app.action(/.*/, async ({ ack, action }) => {
      await ack();
      pressed.push({ ...action });
    });
  });
  await bed.api('chat.postMessage', { channel: OPS, text: 'x', blocks });
  return { bed, pressed };
}

function homeOf(text: string) {
  return {
    type: 'home' as const,
    blocks: [
      { type: 'header' as const, text: plain(text) },
      ...actions(button('more', 'Show more')),
    ],
  };
}

function byActionId(one: Record<string, unknown>, other: Record<string, unknown>): number {
  return String(one['action_id']).localeCompare(String(other['action_id']));
}

it('asks first where a button has a question, and presses only when it is answered with yes', async () => {
  const { bed, pressed } = await withApp(pressBlocks);
  await using _ = bed;
  await using eyes = await openEyes();
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  const roll = page.getByRole('button', { name: 'Roll back 1842 → 1841' });
  const question = page.getByRole('dialog', { name: 'Roll back checkout?' });

  await roll.click();
  await question.getByRole('button', { name: 'Not now' }).click();
  await roll.click();
  await page.keyboard.press('Escape');
  expect(await page.locator(':focus').textContent()).toContain('Roll back');
  await roll.click();
  await question.getByRole('button', { name: 'Roll back' }).click();

  await expect.poll(() => pressed).toMatchObject([{ action_id: 'primary' }]);
});

it('chooses from every kind of menu in a message', async () => {
  const { bed, pressed } = await withApp(pressBlocks);
  await using _ = bed;
  await using eyes = await openEyes();
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('menuitem', { name: 'Option two' }).click();
  await page.getByRole('combobox', { name: 'Severity' }).selectOption('Option one');
  await page.getByText('Choose some').click();
  await page.getByRole('searchbox', { name: 'Search in the list' }).fill('service 1');
  await page.getByRole('checkbox', { name: 'Service 10' }).check();
  await page.getByRole('checkbox', { name: 'Service 11' }).check();
  await page.getByText('Service 10, Service 11').click();
  await page.getByRole('combobox', { name: 'Who' }).selectOption('Carla Ruiz');
  await page.getByRole('combobox', { name: 'Where' }).selectOption('#general');
  await page.getByLabel('When').fill('2026-11-24');
  await page.getByRole('radio', { name: 'Option three' }).check();
  await page.getByRole('checkbox', { name: 'Option one' }).check();

  await expect.poll(() => pressed.length).toBe(8);
  expect(pressed.toSorted(byActionId)).toMatchObject([
    { action_id: 'channel', selected_conversation: 'C0GENERAL' },
    { action_id: 'day', selected_date: '2026-11-24' },
    { action_id: 'more', selected_option: { value: 'two' } },
    { action_id: 'person', selected_user: 'U0CARLA' },
    { action_id: 'pick', selected_option: { value: 'one' } },
    { action_id: 'picks', selected_options: [{ value: 'service-10' }, { value: 'service-11' }] },
    { action_id: 'things', selected_options: [{ value: 'one' }] },
    { action_id: 'way', selected_option: { value: 'three' } },
  ]);
});

it('says that the app does not answer, where it was asked', async () => {
  await using bed = await createTestbed({ ackTimeoutMs: 50 });
  await using eyes = await openEyes();
  await bed.socketApp(() => {});
  await bed.api('chat.postMessage', {
    channel: OPS,
    text: 'x',
    blocks: actions(button('go', 'Go')),
  });
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));

  await page.getByRole('button', { name: 'Go' }).click();

  await page
    .getByRole('article')
    .getByText('handrail is not responding. Try again in a moment.')
    .waitFor();
  expect(await page.getByRole('article').getByText('Only visible to you').count()).toBe(1);
});

it('helps with commands, and shows what they answer', async () => {
  await using bed = await createTestbed({
    app: {
      commands: [
        {
          command: '/incident',
          description: 'Declare and note',
          usageHint: 'declare [title] | note text',
        },
        { command: '/runbook', description: 'List and start' },
      ],
    },
  });
  await using eyes = await openEyes();
  await bed.socketApp((app) => {
    app.command('/incident', ({ ack, command }) => ack(`You said: ${command.text}`));
  });
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  const composer = page.getByLabel('Message #ops as Ben Ito');

  await page.getByRole('button', { name: 'Slash commands' }).click();
  await page.getByRole('option', { name: '/runbook List and start' }).waitFor();
  await page.keyboard.press('Enter');
  expect(await composer.inputValue()).toBe('/incident ');
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'declare [title]', selected: true }).waitFor();
  await page.keyboard.press('Tab');
  await composer.pressSequentially('it broke');
  await page.keyboard.press('Enter');

  await page.getByRole('article').getByText('You said: declare it broke').waitFor();
});

it('shows the home tab of the app, and uses what stands there', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  await bed.socketApp((app) => {
    app.event('app_home_opened', async ({ client, event }) => {
      await client.views.publish({ user_id: event.user, view: homeOf('No open incident') });
    });
    app.action('more', async ({ ack, client, body }) => {
      await ack();
      await client.views.publish({ user_id: body.user.id, view: homeOf('Two runbooks') });
    });
  });
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));

  await page.getByRole('link', { name: 'handrail' }).click();
  await page.getByRole('heading', { name: 'No open incident' }).waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByRole('heading', { name: 'Two runbooks' }).waitFor();
  expect(await page.getByRole('heading', { name: 'No open incident' }).count()).toBe(0);
});

it('uses a shortcut of the app on a message', async () => {
  await using bed = await createTestbed();
  await using eyes = await openEyes();
  const kept: string[] = [];
  await bed.socketApp((app) => {
    app.shortcut(
      { type: 'message_action', callback_id: 'note_message' },
      async ({ ack, shortcut }) => {
        await ack();
        kept.push(shortcut.message.text ?? '');
      },
    );
  });
  await bed.carla.type('ops', 'rolled back at 09:18');
  const page = await eyes.open(new URL(inOps, bed.workspace.pageUrl));
  const message = page.getByRole('article', { name: /^Carla Ruiz/ });

  await message.hover();
  await message.getByRole('button', { name: 'More message actions' }).click();
  await page.getByRole('menuitem', { name: 'Add to timeline' }).click();

  await expect.poll(() => kept).toEqual(['rolled back at 09:18']);
});

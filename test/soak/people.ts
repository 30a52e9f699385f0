import { pause } from '#practice/pause.ts';
import { elementsOf } from '#practice/slack/blocks/elements-of.ts';
import type { Control, Person, Sight } from '#practice/slack/person.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import { textOf } from '#test/support/at-the-screen.ts';
import type { World } from '#test/support/world.ts';

/** What somebody pressed: `control` is the id behind the button. */
export type Press = {
  person: string;
  control: string;
  label: string;
  channel: string;
  at: number;
  acknowledged: boolean;
};
export type Note = { text: string; channel: string; acknowledged: boolean };

/** All that people have done so far. */
export type Ledger = { presses: Press[]; notes: Note[] };

type Channel = Sight['channels'][number];

const lookEveryMs = 500;
const noteEveryMs = 1_000;
/** A button that is still there after this long is pressed once more. */
const impatientAfterMs = 12_000;
/** In the order of what is rather pressed where nothing stands out. */
const otherwise = [
  /^Roll back/,
  /^Start the checks again$/,
  /^Ticket opened$/,
  /^Rolled back$/,
  /^Retry/,
];

/**
 * Everybody who works on the incidents, until the signal: ana presses what stands out or leads on,
 * cleo at times the same at the same moment, ben approves what he is asked for, and dan keeps the
 * timeline. What was not acknowledged is done again.
 */
export async function playPeople(
  world: World,
  { random, ledger, signal }: { random: Random; ledger: Ledger; signal: AbortSignal },
): Promise<void> {
  const { ana, ben, cleo, dan } = world;
  const presses = (person: Person, choose: (sight: Sight) => readonly Control[]) =>
    keepPressing(person, choose, { ledger, signal });
  await Promise.all([
    presses(ana, leadsOn),
    presses(cleo, (sight) => (random.chance(1 / 4) ? leadsOn(sight) : [])),
    presses(ben, approvals),
    keepNotes(dan, { random, ledger, signal }),
  ]);
}

/** On a busy machine even the practice workspace may be too slow for a person. */
function look(person: Person): Promise<Sight | null> {
  return person.see().catch(() => null);
}

const noAnswer = { ok: false, error: 'no answer', message: '' } as const;

function leadsOn(sight: Sight): Control[] {
  return openIncidents(sight).flatMap((channel) => {
    const here = channel.messages.flatMap(({ controls }) => [...controls]);
    const buttons = here.filter(({ label }) => !label.startsWith('Approve'));
    const found =
      buttons.findLast(({ style }) => style === 'primary') ??
      otherwise
        .map((label) => buttons.findLast((one) => label.test(one.label)))
        .find((one) => one !== undefined);
    return found === undefined ? [] : [found];
  });
}

function approvals(sight: Sight): Control[] {
  return sight.channels
    .filter(({ kind }) => kind === 'im')
    .flatMap(({ messages }) => messages.flatMap(({ controls }) => [...controls]))
    .filter(({ label }) => label.startsWith('Approve'));
}

function openIncidents(sight: Sight | null): Channel[] {
  return (sight?.channels ?? []).filter(
    ({ name, topic }) => name.startsWith('inc-') && !topic.includes('resolved'),
  );
}

async function keepPressing(
  person: Person,
  choose: (sight: Sight) => readonly Control[],
  { ledger, signal }: { ledger: Ledger; signal: AbortSignal },
): Promise<void> {
  const pressedAt = new Map<string, number>();

  async function press(sight: Sight, control: Control): Promise<void> {
    const id = idBehind(sight, control);
    const at = Date.now();
    if (at - (pressedAt.get(id) ?? 0) < impatientAfterMs) return;
    const result = await person.press(control).catch(() => noAnswer);
    // Gone from the screen meanwhile: that was no press.
    if (!result.ok && /no_such_element|not_found/.test(result.error)) return;
    const { label, channel } = control;
    const what = { person: person.id, control: id, label, channel: channel ?? '', at };
    ledger.presses.push({ ...what, acknowledged: result.ok });
    if (result.ok) pressedAt.set(id, at);
  }

  while (!signal.aborted) {
    const sight = await look(person);
    if (sight !== null) {
      for (const control of choose(sight)) await press(sight, control);
    }
    await pause(lookEveryMs, signal);
  }
}

async function keepNotes(
  person: Person,
  { random, ledger, signal }: { random: Random; ledger: Ledger; signal: AbortSignal },
): Promise<void> {
  for (let count = 1; !signal.aborted; count += 1) {
    const sight = await look(person);
    for (const { id, name } of sight?.joinable ?? []) {
      if (name.startsWith('inc-')) await person.join(id).catch(() => noAnswer);
    }
    // Before its card is there, nobody knows whose channel it is.
    const known = openIncidents(sight).filter(({ messages }) =>
      messages.some(({ controls }) => controls.length > 0),
    );
    const channel = random.pick(known);
    if (channel !== undefined) {
      const text = `observation ${count}`;
      const note = person.type(channel.id, `/incident note ${text}`);
      const result = await note.catch(() => noAnswer);
      ledger.notes.push({ text, channel: channel.id, acknowledged: result.ok });
    }
    await pause(noteEveryMs, signal);
  }
}

/** The button's value, which is not on the screen. */
function idBehind(sight: Sight, control: Control): string {
  const message = sight.channels
    .flatMap(({ messages }) => messages)
    .find(({ channel, ts }) => channel === control.channel && ts === control.ts);
  const placed = elementsOf(message?.blocks ?? []).find(
    ({ blockId, actionId }) => blockId === control.blockId && actionId === control.actionId,
  );
  const element = placed?.element;
  return element !== undefined && 'value' in element ? (element.value ?? '') : '';
}

/** How often the person was told in this channel that something was not done. */
export function refusalsIn(sight: Sight, channel: string): number {
  return sight.channels
    .filter(({ id }) => id === channel)
    .flatMap(({ messages }) => messages)
    .filter((one) => one.onlyYou && /failed on our side|just now; try again/.test(textOf(one)))
    .length;
}

/** Whether the person was told something in private in this channel from then on. */
export function wasTold(sight: Sight, { channel, at }: Pick<Press, 'channel' | 'at'>): boolean {
  return sight.channels
    .filter(({ id }) => id === channel)
    .flatMap(({ messages }) => messages)
    .some((one) => one.onlyYou && Number(one.ts) * 1_000 >= at && textOf(one) !== '');
}

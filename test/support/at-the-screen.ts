import { expect } from 'vitest';

import { type Control, findControl, type Person, type Sight } from '#practice/slack/person.ts';

/** Longer than anything takes here, on a busy machine too. */
const longestMs = 40_000;

type Channel = Sight['channels'][number];
type Message = Channel['messages'][number];
type Look<Found> = (sight: Sight) => Found | undefined | null | false;

/** What a person waits for on the screen; an error has all that was there instead. */
export async function sees<Found>(person: Person, look: Look<Found>): Promise<Found> {
  try {
    return await person.until(look, { withinMs: longestMs });
  } catch (error) {
    const { channels } = await person.see();
    const screen = channels.map(
      ({ name, messages }) => `#${name}\n${messages.map(textOf).join('\n--\n')}`,
    );
    throw new Error(`${String(error)}\n${screen.join('\n\n')}`, { cause: error });
  }
}

/** Presses what the person waits for; gives back how long the acknowledgement took. */
export async function presses(person: Person, look: Look<Control>): Promise<number | null> {
  const result = await person.press(await sees(person, look));
  expect(result).toMatchObject({ ok: true });
  return result.ok ? result.ackMs : null;
}

/** The channel of the newest incident that the person is in. */
export function incidentChannel(sight: Sight): Channel | undefined {
  return sight.channels.findLast(({ name }) => name.startsWith('inc-'));
}

/** A button of the incident's channel. */
export function button(label: RegExp): Look<Control> {
  return (sight) => controlsHere(sight).find((control) => label.test(control.label));
}

/** The button that stands out in the incident's channel. */
export function recommended(label: RegExp): Look<Control> {
  return (sight) =>
    controlsHere(sight).find(({ style, label: text }) => style === 'primary' && label.test(text));
}

/** A button of a direct message of the bot. */
export function buttonForMe(label: RegExp): Look<Control> {
  return (sight) =>
    sight.channels
      .filter(({ kind }) => kind === 'im')
      .flatMap(({ messages }) => messages.flatMap(({ controls }) => controls))
      .findLast((control) => label.test(control.label));
}

/** A button wherever it is. */
export function findAnywhere(label: RegExp): Look<Control> {
  return (sight) => findControl(sight, { label });
}

/** A message anywhere that has this in its text or its blocks, newest first. */
export function message(text: RegExp): Look<Message> {
  return (sight) =>
    sight.channels
      .flatMap(({ messages }) => messages)
      .toSorted((one, other) => Number(other.ts) - Number(one.ts))
      .find((one) => text.test(textOf(one)));
}

/** As `message`, among those that only this person sees. */
export function whisper(text: RegExp): Look<Message> {
  return (sight) =>
    sight.channels
      .flatMap(({ messages }) => messages)
      .findLast((one) => one.onlyYou && text.test(textOf(one)));
}

/** All that is written in a message. */
export function textOf({ text, blocks }: Pick<Message, 'text' | 'blocks'>): string {
  const found = [text];
  JSON.stringify(blocks, (key, value: unknown) => {
    if ((key === 'text' || key === 'title') && typeof value === 'string') found.push(value);
    return value;
  });
  return found.join('\n');
}

function controlsHere(sight: Sight): Control[] {
  return incidentChannel(sight)?.messages.flatMap(({ controls }) => [...controls]) ?? [];
}

import { pause } from '#practice/pause.ts';
import type { Control, Person, Sight } from '#practice/slack/person.ts';

import { isResolved } from './on-screen.ts';

export type Responder = {
  person: Person;
  /** What this person would press, seeing this. */
  choose: (sight: Sight) => Control | undefined;
  delayMs: () => number;
  /** Done outside of Slack just before that. */
  before: (control: Control) => void;
};

/**
 * Answers an incident until it is resolved, knowing nothing but what Slack shows. What was pressed is
 * not pressed again before it has gone from the screen.
 */
export async function respond(
  { person, choose, delayMs, before }: Responder,
  deadline: { withinMs: number; signal: AbortSignal },
): Promise<void> {
  const pressed = new Set<string>();

  function look(sight: Sight): Control | 'resolved' | undefined {
    if (isResolved(sight)) return 'resolved';
    const there = new Set(controlsOf(sight).map(nameOf));
    for (const name of pressed) if (!there.has(name)) pressed.delete(name);
    const control = choose(sight);
    return control !== undefined && !pressed.has(nameOf(control)) ? control : undefined;
  }

  for (;;) {
    const seen = await person.until(look, deadline);
    if (seen === 'resolved') return;

    await pause(delayMs(), deadline.signal);
    const control = look(await person.see());
    if (control === 'resolved') return;
    if (control === undefined || nameOf(control) !== nameOf(seen)) continue;

    before(control);
    await person.press(control);
    pressed.add(nameOf(control));
  }
}

function controlsOf(sight: Sight): Control[] {
  return sight.channels.flatMap(({ messages }) =>
    messages.flatMap(({ controls }) => [...controls]),
  );
}

function nameOf({ channel, ts, label, style }: Control): string {
  return `${channel}/${ts}/${label}/${style}`;
}

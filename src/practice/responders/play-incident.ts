import { ana, ben } from '#practice/people.ts';
import type { Scenario } from '#practice/scenarios/scenario.ts';
import {
  createPerson,
  findControl,
  type Control,
  type Person,
  type Sight,
} from '#practice/slack/person.ts';

const longestMs = 55_000;

/**
 * Two responders live through an incident. They know nothing but what Slack shows them: they press
 * what stands out, and approve what the other asks for first.
 */
export async function playIncident(
  pageUrl: string,
  [asked, ...answers]: Scenario['answers'],
  signal: AbortSignal,
): Promise<void> {
  const first = createPerson({ url: pageUrl, user: ana });
  const second = createPerson({ url: pageUrl, user: ben });

  await pressWhenSeen(first, (sight) => inIncident(sight, /^Take command$/), signal);
  await pressWhenSeen(first, (sight) => recommended(sight, asked), signal);
  await pressWhenSeen(second, (sight) => findControl(sight, { label: /^Approve/ }), signal);
  for (const answer of answers) {
    await pressWhenSeen(first, (sight) => recommended(sight, answer), signal);
  }
  await first.until((sight) => resolved(sight), { withinMs: longestMs, signal });
}

async function pressWhenSeen(
  person: Person,
  look: (sight: Sight) => Control | undefined,
  signal: AbortSignal,
): Promise<void> {
  const control = await person.until(look, { withinMs: longestMs, signal });
  const result = await person.press(control);
  if (!result.ok) {
    throw new Error(`${person.id} could not press «${control.label}»: ${JSON.stringify(result)}`);
  }
}

function inIncident(sight: Sight, label: RegExp): Control | undefined {
  return controlsOfIncident(sight).find((control) => label.test(control.label));
}

/** The button that stands out. */
function recommended(sight: Sight, label: RegExp): Control | undefined {
  return controlsOfIncident(sight).find(
    (control) => control.style === 'primary' && label.test(control.label),
  );
}

function controlsOfIncident(sight: Sight): Control[] {
  const channel = sight.channels.find(({ name }) => name.startsWith('inc-'));
  return channel?.messages.flatMap((message) => message.controls) ?? [];
}

function resolved(sight: Sight): boolean {
  const channel = sight.channels.find(({ name }) => name.startsWith('inc-'));
  return channel?.topic.includes('resolved') ?? false;
}

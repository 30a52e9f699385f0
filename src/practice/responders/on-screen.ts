import { findControl, type Control, type Sight } from '#practice/slack/person.ts';

type Channel = Sight['channels'][number];

/** Mostly one; a monitor may have found the same trouble and declared another. */
function incidentChannels(sight: Sight): Channel[] {
  return sight.channels.filter(({ name }) => name.startsWith('inc-'));
}

export function isResolved(sight: Sight): boolean {
  return incidentChannels(sight).some(({ topic }) => topic.includes('resolved'));
}

/** A button in the incident's channel. */
export function inIncident(sight: Sight, label: RegExp): Control | undefined {
  return controlsHere(sight).find((control) => label.test(control.label));
}

/** The button that stands out there: what is recommended, or the only way on. An approval is for others. */
export function standsOut(sight: Sight): Control | undefined {
  return controlsHere(sight).find(
    ({ style, label }) => style === 'primary' && !label.startsWith('Approve'),
  );
}

/** A button in a message that the bot has sent to this person alone. */
export function forMe(sight: Sight, label: RegExp): Control | undefined {
  return sight.channels
    .filter(({ kind }) => kind === 'im')
    .map(({ id }) => findControl(sight, { label, channel: id }))
    .find((control) => control !== undefined);
}

/** A button that stands somewhere else than in an incident's channel. */
export function elsewhere(sight: Sight, label: RegExp): Control | undefined {
  const here = incidentChannels(sight);
  return sight.channels
    .filter((channel) => !here.includes(channel))
    .map(({ id }) => findControl(sight, { label, channel: id }))
    .find((control) => control !== undefined);
}

/** Whether this person was told that what the button is about waits for an answer. */
export function isCalledFor(sight: Sight, { ts }: Control): boolean {
  const messages = sight.channels.flatMap((channel) => channel.messages);
  const about = messages.find((message) => message.ts === ts)?.text ?? '';
  return messages.some(({ text }) => {
    const [, what] = /waiting for (?:an answer|approval): (.+)/i.exec(text) ?? [];
    return what !== undefined && text.includes(`<@${sight.me}>`) && about.includes(what);
  });
}

function controlsHere(sight: Sight): Control[] {
  return incidentChannels(sight).flatMap(({ messages }) =>
    messages.flatMap(({ controls }) => [...controls]),
  );
}

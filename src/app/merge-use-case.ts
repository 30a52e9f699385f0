import { textOf } from '#domain/json.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import type { Permit } from './authorise.ts';
import { executeFor } from './execute.ts';
import { load } from './load.ts';
import { onceMark } from './once.ts';
import { incidentHere } from './place.ts';
import { form, refused, rejectedReply, replyOf, selectField } from './reply.ts';
import { visibleIncidents } from './visible-incidents.ts';

const mostIncidents = 25;

/** Two that turn out to be one trouble: this one goes on as the other. */
export function createMergeUseCase(app: App): Policed['mergeIncident'] {
  return allowed(app, 'incident.merge', async ({ origin, into, values }, permit) => {
    const here = await incidentHere(app, permit, origin);
    if ('reply' in here) return here.reply;
    const chosen = into ?? textOf(values?.['into']);
    if (chosen === '') return mergeForm(app, permit, here.id);

    const { stream } = await load(app, chosen);
    const other = stream.incident;
    if (other === null) return refused('incident.unknown', `There is no incident ${chosen}.`);
    const rejection = permit.whyNot(stream);
    if (rejection !== null) return rejectedReply(rejection);
    if (other.status === 'suggested') {
      return refused('incident.not-open', `${chosen} was only suggested. Declare it first.`);
    }
    if (other.status === 'merged' || other.status === 'dismissed') {
      return refused('incident.not-open', `${chosen} is ${other.status} itself.`);
    }
    if (here.loaded.stream.incident?.private === true && !other.private) {
      return refused(
        'incident.private',
        `${chosen} is not private: what is here would be seen there.`,
      );
    }
    const at = app.clock.now().toISOString();
    const { actor } = permit;
    const { channel } = other;
    const commands = () => [{ type: 'Merge' as const, at, actor, into: chosen, channel }];
    return replyOf(await executeFor(app, permit, here.id, commands, onceMark(origin)));
  });
}

async function mergeForm(app: App, permit: Permit, here: string) {
  const incidents = await visibleIncidents(app, permit, { open: true, limit: mostIncidents });
  const others = incidents.filter(({ id }) => id !== here);
  const [first] = others;
  if (first === undefined) {
    return refused('incident.unknown', 'There is no other open incident to merge this into.');
  }
  return form({
    title: 'Merge into another',
    submit: 'Merge',
    text: 'This incident ends here and goes on there: its notes, alerts and people go along.',
    fields: [
      selectField(
        'into',
        'Into',
        others.map(({ id, severity, title }) => ({ value: id, label: `${severity} · ${title}` })),
        { initial: first.id },
      ),
    ],
  });
}

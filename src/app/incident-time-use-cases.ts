import { Moment } from '#domain/incident/moment.ts';
import { textOf, type Json } from '#domain/json.ts';
import { incidentMoments } from '#domain/timeline/moments.ts';

import { allowed, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import type { Permit } from './authorise.ts';
import { executeFor, type PersonCommand } from './execute.ts';
import { inIncident } from './incident-use-cases.ts';
import type { Loaded } from './load.ts';
import { onceMark } from './once.ts';
import { incidentHere } from './place.ts';
import { done, form, refused, replyOf, textField, timeField } from './reply.ts';
import type { FormValues, Reply } from './use-cases.ts';

type TimeUseCases = Pick<Policed, 'setMitigated' | 'correctTimes'>;

/** When something of an incident was: said by people, in place of what the record knows by itself. */
export function createIncidentTimeUseCases(app: App): TimeUseCases {
  return {
    setMitigated: allowed(app, 'incident.time', async ({ origin, mitigated }, permit) =>
      inIncident(app, permit, origin, ({ events }, { at }) => {
        const from = incidentMoments(events).mitigated.at;
        if (mitigated && from !== null) {
          return refused('incident.mitigated', `It is mitigated since ${minuteOf(from)} UTC.`);
        }
        if (!mitigated && from === null) {
          return refused('incident.not-mitigated', 'It is not mitigated yet.');
        }
        const to = mitigated ? at : null;
        return { type: 'SetMoment', moment: 'mitigated', from, to, reason: null };
      }),
    ),

    correctTimes: allowed(app, 'incident.time', async ({ origin, values }, permit) => {
      const here = await incidentHere(app, permit, origin);
      if ('reply' in here) return here.reply;
      if (values === undefined) return timesForm(here.loaded);
      const commands = corrections(here.loaded, values, permit, app.clock.now().toISOString());
      if (commands.length === 0) return done('Nothing was changed.');
      return replyOf(
        await executeFor(app, permit, here.id, () => commands, onceMark(origin)),
        'Corrected. What it said before stays on the record.',
      );
    }),
  };
}

/** Forms know minutes; what differs by less was not changed by the person. */
const minuteMs = 60_000;

function corrections(
  { events }: Loaded,
  values: FormValues,
  { actor }: Permit,
  at: string,
): PersonCommand[] {
  const known = incidentMoments(events);
  const reason = textOf(values['reason']).trim() || null;
  return Moment.options.flatMap((moment): PersonCommand[] => {
    const from = known[moment].at;
    const to = timeIn(values[moment]);
    if (isSameMinute(from, to)) return [];
    return [{ type: 'SetMoment', at, actor, moment, from, to, reason }];
  });
}

function timeIn(value: Json | undefined): string | null {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null;
}

function isSameMinute(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.floor(Date.parse(one) / minuteMs) === Math.floor(Date.parse(other) / minuteMs);
}

function timesForm({ stream, events }: Loaded): Reply {
  const moments = incidentMoments(events);
  const asked = Moment.options.filter(
    (moment) => moment !== 'resolved' || stream.incident?.status === 'resolved',
  );
  const history = Moment.options.flatMap((moment) =>
    moments[moment].corrections.map(
      ({ at, by, from, to }) =>
        `${moment}: ${from === null ? 'no' : minuteOf(from)} → ${to === null ? 'no' : minuteOf(to)}, by ${by.name} at ${minuteOf(at)}`,
    ),
  );
  return form({
    title: 'Correct the times',
    submit: 'Correct',
    text: history.length === 0 ? null : `Corrected before (UTC):\n${history.join('\n')}`,
    fields: [
      ...asked.map((moment) =>
        timeField(
          moment,
          `${moment.charAt(0).toUpperCase()}${moment.slice(1)}`,
          moments[moment].at,
        ),
      ),
      textField('reason', 'Why?', { optional: true, hint: 'It goes on the timeline.' }),
    ],
  });
}

function minuteOf(at: string): string {
  return at.slice(11, 16);
}

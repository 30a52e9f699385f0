import { refuse, type Refusal } from '#domain/run/refusals.ts';
import type { Turn } from '#domain/stream/turn.ts';

import type { IncidentCommand } from './commands.ts';
import type { Incident } from './state.ts';

/**
 * People know better than the record when something was. What they say holds from then on, and what was
 * known before stays on the record. Nothing may be before the beginning, or still to come.
 */
export function setMoment(
  turn: Turn,
  incident: Incident,
  { moment, from, to, reason }: Extract<IncidentCommand, { type: 'SetMoment' }>,
): Refusal {
  const { status, startedAt, moments } = incident;
  if (status === 'suggested' || status === 'dismissed') {
    return refuse('incident.not-open', 'This incident is not open.');
  }
  if (to === from && to !== null) return refuse('incident.same-moment', 'That is what it says.');
  if (to === null && moment !== 'mitigated' && moment !== 'acknowledged') {
    return refuse('incident.moment-needed', `An incident is always ${moment} at some time.`);
  }
  if (moment === 'resolved' && status !== 'resolved') {
    return refuse('incident.not-resolved', 'It is not resolved.');
  }
  if (to !== null && Date.parse(to) > Date.parse(turn.at)) {
    return refuse('incident.moment-to-come', 'That time has yet to come.');
  }
  if (to !== null && moment !== 'started' && Date.parse(to) < Date.parse(startedAt)) {
    return refuse('incident.moment-order', 'That is before the incident started.');
  }
  const { started: _started, ...others } = moments;
  const known = [incident.resolvedAt, ...Object.values(others)].filter((one) => one != null);
  if (
    moment === 'started' &&
    to !== null &&
    known.some((one) => Date.parse(one) < Date.parse(to))
  ) {
    return refuse('incident.moment-order', 'Something else of the incident was before that.');
  }
  turn.emit({ type: 'MomentSet', moment, from, to, ...(reason !== null && { texts: { reason } }) });
  return null;
}

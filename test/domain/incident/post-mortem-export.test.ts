import { describe, expect, it } from 'vitest';

import { decide, type Command } from '#domain/stream/decide.ts';
import { dueEffects } from '#domain/stream/effects.ts';
import { StoredEvent } from '#domain/stream/stored-event.ts';
import { evolve, type Stream } from '#domain/stream/stream.ts';
import { by, clock } from '#test/support/give.ts';
import { settings as plainSettings } from '#test/support/runbooks.ts';

import { incidentStates } from './incident-states.ts';

const settings = {
  ...plainSettings,
  connections: { github: { type: 'github', url: null, drill: false, options: {} } },
  postmortem: { ...plainSettings.postmortem, repository: 'acme/runbooks' },
} as const;

const { actor } = by('ana');
const at = clock(9);
const ask: Command = { type: 'ExportPostMortem', at, actor };
const report = (outcome: Extract<Command, { type: 'ReportExport' }>['outcome']): Command => ({
  type: 'ReportExport',
  at,
  actor,
  outcome,
});
const link = { number: 12, url: 'https://github.example/acme/runbooks/pull/12' };

/** The resolved incident after these commands, or the code of the first refusal. */
function after(...commands: readonly Command[]): Stream | string {
  let stream = incidentStates.resolved;
  for (const command of commands) {
    const decision = decide(command, stream, settings);
    if (!decision.accepted) return decision.rejection.code;
    stream = decision.events.reduce(evolve, stream);
  }
  return stream;
}

const due = (stream: Stream | string) =>
  typeof stream === 'string' ? stream : dueEffects(stream).map(({ id }) => id);

describe('the export of a post-mortem', () => {
  it('is due once it was asked for, and no longer when it is done', () => {
    expect(due(after(ask))).toEqual(['export-post-mortem.1']);
    expect(due(after(ask, report({ pullRequest: link, issues: [] })))).toEqual([]);
  });

  it('is refused while one is under way', () => {
    expect(after(ask, ask)).toBe('incident.export-under-way');
  });

  it('may be asked for again after a failure, as work of its own', () => {
    expect(due(after(ask, report({ failed: 'no' }), ask))).toEqual(['export-post-mortem.2']);
  });

  it('leaves the incident resolved, whatever becomes of it', () => {
    expect(after(ask, report({ failed: 'no' }))).toMatchObject({
      incident: { status: 'resolved', postMortem: { status: 'failed', message: 'no' } },
    });
  });

  it('is recorded just as the schema of its events says', () => {
    const outcomes = [{ pullRequest: link, issues: [link] }, { failed: 'no' }];
    for (const outcome of outcomes) {
      let stream = incidentStates.resolved;
      for (const command of [ask, report(outcome)]) {
        const decision = decide(command, stream, settings);
        if (!decision.accepted) throw new Error(decision.rejection.code);
        for (const event of decision.events) expect(StoredEvent.parse(event)).toEqual(event);
        stream = decision.events.reduce(evolve, stream);
      }
    }
  });

  it('needs a repository in the settings', () => {
    const decision = decide(ask, incidentStates.resolved, plainSettings);
    expect(decision).toMatchObject({
      rejection: {
        code: 'incident.no-repository',
        message: 'The settings name no repository for post-mortems.',
      },
    });
  });
});

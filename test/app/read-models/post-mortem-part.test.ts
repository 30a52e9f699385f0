import { describe, expect, it } from 'vitest';

import { postMortemPart } from '#app/read-models/post-mortem-part.ts';
import type { Incident } from '#domain/incident/state.ts';
import { incidentStates } from '#test/domain/incident/incident-states.ts';
import { settings as plainSettings } from '#test/support/runbooks.ts';

const settings = {
  ...plainSettings,
  connections: { github: { type: 'github', url: null, drill: false, options: {} } },
  postmortem: { ...plainSettings.postmortem, repository: 'acme/runbooks' },
} as const;

const button = ({ label }: { label: string }) => ({
  control: 'c',
  label,
  style: null,
  confirm: null,
});

function partOf(given: Partial<Incident>, of: typeof plainSettings = settings) {
  const { incident } = incidentStates.resolved;
  if (incident === null) throw new Error('there is no incident');
  return postMortemPart({ settings: of, button }, { ...incident, ...given });
}

const labels = (part: ReturnType<typeof partOf>) => part.buttons.map(({ label }) => label);

describe('the post-mortem on the card of an incident', () => {
  it('can be asked for once it is resolved, where the settings name a repository', () => {
    expect(labels(partOf({}))).toEqual(['Post-mortem as PR']);
    expect(labels(partOf({ status: 'open' }))).toEqual([]);
    expect(labels(partOf({}, plainSettings))).toEqual([]);
  });

  it('is said to be under way, and cannot be asked for twice', () => {
    const part = partOf({ postMortem: { requests: 1, status: 'requested' } });
    expect(part).toMatchObject({ next: 'The post-mortem is being written', buttons: [] });
  });

  it('says in one sentence why it was not written, beside the button', () => {
    const message = 'GitHub asks us to wait.';
    const part = partOf({ postMortem: { requests: 1, status: 'failed', message } });
    expect(part.problems).toEqual([`The post-mortem was not written: ${message}`]);
    expect(labels(part)).toEqual(['Post-mortem as PR']);
  });

  it('is a link when it is there, with those of its follow-ups', () => {
    const exported = {
      pullRequest: { number: 12, url: 'https://github.example/pull/12' },
      issues: [{ number: 13, url: 'https://github.example/issues/13' }],
    };
    const part = partOf({ postMortem: { requests: 1, status: 'exported', exported } });
    expect(part.links.map(({ label }) => label)).toEqual(['Post-mortem #12', 'Follow-up #13']);
    expect(part.buttons).toEqual([]);
  });
});

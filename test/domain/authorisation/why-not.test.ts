import { describe, expect, it } from 'vitest';

import type { Action } from '#domain/authorisation/policies.ts';
import { whyNot, type Thing } from '#domain/authorisation/why-not.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { emptyStream } from '#domain/stream/stream.ts';
import { by, give } from '#test/support/give.ts';
import { settings } from '#test/support/runbooks.ts';

const none: Thing = { stream: emptyStream('s'), authors: [] };

function saidTo(
  action: Action,
  { groups = [] as readonly string[], given = {} as Partial<Settings>, thing = none },
): string | null {
  const actor = by('ana').actor;
  return whyNot(action, { actor, groups }, thing, { ...settings, ...given })?.message ?? null;
}

const steer = { permissions: { ...settings.permissions, steer: ['payments', 'sre'] } };

describe('a refusal', () => {
  it('says who may', () => {
    expect(saidTo('run.start', { given: steer })).toBe(
      'Only a member of payments or sre may start runbooks.',
    );
    expect(saidTo('run.start', { given: steer, groups: ['sre'] })).toBeNull();
  });

  it('is given for a group that is empty, and for one that the settings do not have', () => {
    const given = { permissions: { ...settings.permissions, declare: ['constructor'] } };
    expect(saidTo('incident.declare', { given })).toContain('a member of constructor');
  });

  it.each([
    [
      {},
      'Only who wrote it, the commander of the incident or a member of payments may take it out.',
    ],
    [
      { permissions: { ...settings.permissions, redact: ['legal'] } },
      'Only who wrote it, a member of legal may take it out.',
    ],
    [{ services: {} }, 'Only who wrote it, the commander of the incident may take it out.'],
  ])('of a text says whose it is', (given, said) => {
    const { stream } = give(emptyStream('s'), {
      at: by('ana').at,
      actor: by('ben').actor,
      type: 'Declare',
      incident: 's',
      title: 'T',
      severity: 'SEV1',
      service: 'checkout',
      environment: null,
      drill: false,
      declared: true,
      startedAt: by('ana').at,
      alert: null,
    });
    const thing = { stream, authors: [by('ben').actor] };
    expect(saidTo('record.redact', { given, thing })).toBe(said);
    expect(
      saidTo('record.redact', { given, thing: { ...thing, authors: [by('ana').actor] } }),
    ).toBe(null);
  });
});

it('takes two accounts of one person as one where a text is theirs', () => {
  const thing = { ...none, authors: [by('ana-2').actor] };
  expect(saidTo('record.redact', { thing })).not.toBeNull();
  expect(saidTo('record.redact', { thing, given: { identities: { ana: ['ana', 'ana-2'] } } })).toBe(
    null,
  );
});

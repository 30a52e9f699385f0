import { expect, it } from 'vitest';

import { newerVersion } from '#app/read-models/newer-version.ts';
import { rehearse } from '#domain/rehearsal/rehearse.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import { by, give, theRun } from '#test/support/give.ts';
import { runbookOf, settings } from '#test/support/runbooks.ts';

const runbook = runbookOf('  - {id: go, title: Go, uses: manual, with: {instructions: Go}}');
const { stream } = rehearse({ runbook, settings }, {});
const open = theRun(stream);
const ended = theRun(give(stream, { ...by('ana'), type: 'Stop', reason: 'x' }).stream);

function inUse(document: Partial<RunbookDocument> | null) {
  return { get: () => (document === null ? null : { ...open.document, ...document }) };
}

it('names the revision that new runs begin with, while the run is open', () => {
  const newer = inUse({ digest: 'abcdef0123', commit: '1234567890', modified: true });
  expect(newerVersion(newer, open)).toBe('a newer version exists: 1234567 + changes · abcdef0');
  expect(newerVersion(newer, ended)).toBeNull();
  expect(newerVersion(inUse({}), open)).toBeNull();
});

it('takes a commit that left the text as it was for the same version', () => {
  expect(newerVersion(inUse({ commit: '1234567890' }), open)).toBeNull();
});

it('says when the runbook is gone', () => {
  expect(newerVersion(inUse(null), open)).toBe('this runbook has been removed since');
});

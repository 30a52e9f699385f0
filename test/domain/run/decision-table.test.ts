import { expect, test } from 'vitest';

import { decisionTable, reviewedTable } from '#test/support/decision-table.ts';

import { runCommands, runStates } from './run-states.ts';

test('every command in every status of a run is answered as was reviewed', () => {
  const file = new URL('decision-table.txt', import.meta.url);
  expect(decisionTable(runCommands, runStates)).toBe(reviewedTable(file));
});

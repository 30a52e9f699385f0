import { expect, test } from 'vitest';

import { decisionTable, reviewedTable } from '#test/support/decision-table.ts';

import { incidentCommands, incidentStates } from './incident-states.ts';

test('every command in every status of an incident is answered as was reviewed', () => {
  const file = new URL('decision-table.txt', import.meta.url);
  expect(decisionTable(incidentCommands, incidentStates)).toBe(reviewedTable(file));
});

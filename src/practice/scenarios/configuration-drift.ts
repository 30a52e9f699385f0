import { turn } from './control.ts';
import type { Scenario } from './scenario.ts';

/** Nothing was deployed: a setting is missing where it runs, and staging has it. */
export const configurationDrift: Scenario = {
  name: 'configuration-drift',
  title: 'Production drifts away from staging',
  sentence: 'Payments by wallet fail, and no deploy explains it. Put the deployed settings back.',
  begin: (controlUrl) => turn(controlUrl, 'wrong-parity', true),
  begun: 'Somebody has changed a setting of production by hand.',
  chores: [],
};

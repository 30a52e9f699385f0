/** By themselves, because the command line names them before any of them is loaded. The first is the usual one. */
export const scenarioNames = [
  'bad-gateway-url',
  'gateway-provider-down',
  'certificate-expired',
  'slow-gateway',
  'configuration-drift',
  'rollback-does-not-help',
] as const;

export type ScenarioName = (typeof scenarioNames)[number];

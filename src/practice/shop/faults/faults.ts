import type { EnvironmentName } from '#practice/shop/deploys/builds.ts';
import type { Environment } from '#practice/shop/deploys/environment.ts';
import type { Gateway } from '#practice/shop/gateways/gateway.ts';

import { badBuild } from './bad-build.ts';
import type { Fault } from './fault.ts';
import { gatewayFaults } from './gateway-faults.ts';
import { metricsGap } from './metrics-gap.ts';
import type { Switches } from './switches.ts';
import { wrongParity } from './wrong-parity.ts';

/** In the order in which they are shown. The gateways' are those of the first. */
export function createFaults(deps: {
  gateways: readonly Gateway[];
  environments: Readonly<Record<EnvironmentName, Environment>>;
  switches: Switches;
}): readonly Fault[] {
  const { production } = deps.environments;
  return [
    badBuild(production),
    ...deps.gateways.slice(0, 1).flatMap(gatewayFaults),
    wrongParity(production),
    metricsGap(deps.switches),
  ];
}

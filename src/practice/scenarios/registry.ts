import { badGatewayUrl } from './bad-gateway-url.ts';
import { gatewayProviderDown } from './gateway-provider-down.ts';
import type { ScenarioName } from './names.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  'bad-gateway-url': badGatewayUrl,
  'gateway-provider-down': gatewayProviderDown,
};

import { badGatewayUrl } from './bad-gateway-url.ts';
import { gatewayProviderDown } from './gateway-provider-down.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [badGatewayUrl, gatewayProviderDown];

import { badGatewayUrl } from './bad-gateway-url.ts';
import type { Scenario } from './scenario.ts';

export const scenarios: readonly Scenario[] = [badGatewayUrl];

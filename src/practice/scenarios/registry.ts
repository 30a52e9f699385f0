import { badGatewayUrl } from './bad-gateway-url.ts';
import { certificateExpired } from './certificate-expired.ts';
import { configurationDrift } from './configuration-drift.ts';
import { gatewayProviderDown } from './gateway-provider-down.ts';
import type { ScenarioName } from './names.ts';
import { rollbackDoesNotHelp } from './rollback-does-not-help.ts';
import type { Scenario } from './scenario.ts';
import { slowGateway } from './slow-gateway.ts';

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  'bad-gateway-url': badGatewayUrl,
  'gateway-provider-down': gatewayProviderDown,
  'certificate-expired': certificateExpired,
  'slow-gateway': slowGateway,
  'configuration-drift': configurationDrift,
  'rollback-does-not-help': rollbackDoesNotHelp,
};

import { control } from './control.ts';
import type { Scenario } from './scenario.ts';

/** Gateway A refuses connections, and no deploy has anything to do with it. */
export const gatewayProviderDown: Scenario = {
  name: 'gateway-provider-down',
  title: 'A payment gateway stops answering',
  begin: (controlUrl) =>
    control(controlUrl, 'PATCH', '/faults', {
      gateways: { 'api.gateway-a.example': { down: true } },
    }),
  begun: 'Gateway A refuses connections now.',
  answers: [/^Fail over to B$/, /^Ticket opened$/, /^Resolve$/],
};

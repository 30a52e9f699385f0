import type { Gateway } from '#practice/shop/gateways/gateway.ts';

import type { Fault } from './fault.ts';

/** Slow enough for everybody to notice, and still within the time that the checkout waits. */
const slowMs = 1200;

export function gatewayFaults(gateway: Gateway): Fault[] {
  return [
    {
      id: 'slow-gateway',
      title: 'Slow gateway',
      sentence: `${gateway.name} takes ${slowMs / 1000} s longer for each payment: orders by card are slow.`,
      isOn: () => gateway.fault().delayMs > 0,
      set: (on) => change({ delayMs: on ? slowMs : 0 }),
    },
    {
      id: 'gateway-down',
      title: 'Gateway down',
      sentence: `${gateway.name} refuses connections: orders by card fail.`,
      isOn: () => gateway.fault().down,
      set: (on) => change({ down: on }),
    },
    {
      id: 'certificate-expired',
      title: 'Expired certificate',
      sentence: `${gateway.name} shows a certificate that expired yesterday: the checkout hangs up, orders by card fail.`,
      isOn: () => gateway.fault().certificate === 'expired',
      set: (on) => change({ certificate: on ? 'expired' : 'valid' }),
    },
  ];

  async function change(part: Partial<ReturnType<Gateway['fault']>>): Promise<null> {
    await gateway.setFault({ ...gateway.fault(), ...part });
    return null;
  }
}

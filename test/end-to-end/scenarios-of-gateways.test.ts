import { expect, it } from 'vitest';

import { certificateExpired } from '#practice/scenarios/certificate-expired.ts';
import { slowGateway } from '#practice/scenarios/slow-gateway.ts';
import {
  failures,
  inOrder,
  killSwitch,
  longest,
  playScenario,
  quietShop,
  timelineOf,
} from '#test/support/play-scenario.ts';
import { openWorld } from '#test/support/world.ts';

it(
  'an expired certificate: failed over, renewed after the ticket, switched back',
  longest,
  async () => {
    await using world = await openWorld({ shop: quietShop });
    await playScenario(world, certificateExpired);

    expect(await failures(world, 'CERT_HAS_EXPIRED')).toBeGreaterThan(0);
    expect(await killSwitch(world)).toBe(false);
    expect(await timelineOf(world)).toEqual(
      inOrder(
        /Is gateway A's certificate over: Problem found. CERT_HAS_EXPIRED/,
        /gateway-a-off is true/,
        /Done: Ask the provider to renew it/,
        /Wait for the new certificate: OK/,
        /gateway-a-off is false/,
        /Resolved: The certificate of gateway A/,
      ),
    );
  },
);

it(
  'a slow gateway: suggested, declared by a person, gone around by the flag',
  longest,
  async () => {
    await using world = await openWorld({ shop: { ...quietShop, withoutAlerts: [] } });
    await playScenario(world, slowGateway);

    expect(await failures(world, 'timeout')).toBe(0);
    expect(await killSwitch(world)).toBe(true);
    expect(await timelineOf(world)).toEqual(
      inOrder(
        /Is checkout slow: Problem found/,
        /Declared/,
        /gateway-a-off is true/,
        /Fast again, and staying so: OK/,
        /Resolved/,
      ),
    );
  },
);

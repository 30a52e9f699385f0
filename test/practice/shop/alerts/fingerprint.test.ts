import { expect, it } from 'vitest';

import { fingerprint } from '#practice/shop/alerts/fingerprint.ts';

it("is Alertmanager's own, whatever the order of the labels", () => {
  // Taken from a notification of Alertmanager 0.25.
  const labels = {
    service: 'checkout',
    severity: 'critical',
    alertname: 'CheckoutErrorRateHigh',
    cluster: 'perflab',
    runbook: 'payment-gateway-errors',
  };

  expect(fingerprint(labels)).toBe('deb9fffdb4d17cdc');
  expect(fingerprint({ ...labels, severity: 'page' })).not.toBe('deb9fffdb4d17cdc');
});

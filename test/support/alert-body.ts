/** What Alertmanager posts for a group of one alert on the shop's checkout. */
export function alertBody(
  more: {
    group?: string;
    status?: 'firing' | 'resolved';
    startsAt?: string;
    fingerprint?: string;
  } = {},
) {
  const { group = 'elsewhere', status = 'firing', fingerprint = 'a1b2c3' } = more;
  const { startsAt = new Date().toISOString() } = more;
  const labels = {
    alertname: 'CheckoutErrorRateHigh',
    environment: 'production',
    service: 'checkout',
    severity: 'page',
  };
  const annotations = { summary: 'Checkout fails' };
  return {
    version: '4',
    status,
    groupKey: `{}:{group="${group}"}`,
    commonLabels: labels,
    commonAnnotations: annotations,
    alerts: [
      {
        status,
        labels,
        annotations,
        startsAt,
        endsAt: status === 'resolved' ? new Date().toISOString() : '0001-01-01T00:00:00Z',
        fingerprint,
        generatorURL: '',
      },
    ],
  };
}

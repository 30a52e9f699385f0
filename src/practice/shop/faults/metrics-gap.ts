import type { Fault } from './fault.ts';
import type { Switches } from './switches.ts';

export function metricsGap(switches: Switches): Fault {
  return {
    id: 'metrics-gap',
    title: 'Metrics gap',
    sentence:
      'Prometheus can not scrape the checkout: queries find no series, and no alert fires. Orders go on.',
    isOn: () => switches.metrics === 'gap',

    async set(on) {
      switches.metrics = on ? 'gap' : 'none';
      return null;
    },
  };
}

import path from 'node:path';

import { compare } from './comparison.ts';
import { handrail, inRepository, shipped, temporaryFolder } from './paths.ts';

const COUNT = 1_000;

/**
 * A thousand runbooks beside ajv-cli, which holds the same files against our JSON Schema and knows
 * nothing of steps, expressions and settings.
 */
export function lintMany(): void {
  using temporary = temporaryFolder();
  const { folder, write } = temporary;
  write('handrail.yaml', shipped('handrail.yaml'));
  write('smoke.yaml', shipped('checkout/smoke.yaml'));
  const runbook = shipped('checkout/bad-gateway-url.yaml');
  for (let index = 0; index < COUNT; index += 1) {
    // ajv-cli reads YAML 1.1, to which a date is no text.
    const own = runbook
      .replace(/^reviewed: ([\d-]+)/m, "reviewed: '$1'")
      .replace('id: checkout-bad-gateway-url', `id: checkout-${index}`)
      .replace('alertname: CheckoutErrorRateHigh', `alertname: Checkout${index}`);
    write(`many/${index}.yaml`, own);
  }
  const ajv = inRepository('node_modules/ajv-cli/dist/index.js');
  const schema = inRepository('runbooks/schema/runbook.json');
  const files = path.join(folder, 'many/*.yaml');
  const options = ['--spec=draft7', '--strict=false', '-s', schema, '-d', files];
  compare({
    what: `lint of ${COUNT} runbooks`,
    ours: { name: 'handrail lint', command: [process.execPath, handrail, 'lint', folder] },
    peers: [
      {
        name: 'ajv validate',
        command: [process.execPath, ajv, 'validate', ...options],
        atMost: 3,
      },
    ],
    rounds: 3,
  });
}

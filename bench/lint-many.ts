import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Benchmark, runNode } from './benchmark.ts';

const here = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));
const COUNT = 1_000;

/**
 * A thousand runbooks beside ajv-cli, which holds the same files against our JSON Schema and knows
 * nothing of steps, expressions and settings.
 */
export async function lintMany(): Promise<Benchmark & AsyncDisposable> {
  const folder = await mkdtemp(path.join(tmpdir(), 'handrail-bench-'));
  const runbook = await readFile(here('runbooks/checkout/bad-gateway-url.yaml'), 'utf8');
  await writeFile(
    path.join(folder, 'handrail.yaml'),
    await readFile(here('runbooks/handrail.yaml')),
  );
  await writeFile(
    path.join(folder, 'smoke.yaml'),
    await readFile(here('runbooks/checkout/smoke.yaml')),
  );
  await mkdir(path.join(folder, 'many'));
  for (let index = 0; index < COUNT; index += 1) {
    // ajv-cli reads YAML 1.1, to which a date is no text.
    const own = runbook
      .replace(/^reviewed: ([\d-]+)/m, "reviewed: '$1'")
      .replace('id: checkout-bad-gateway-url', `id: checkout-${index}`)
      .replace('alertname: CheckoutErrorRateHigh', `alertname: Checkout${index}`);
    await writeFile(path.join(folder, 'many', `${index}.yaml`), own);
  }
  const schema = here('runbooks/schema/runbook.json');
  const files = path.join(folder, 'many/*.yaml');
  return {
    name: `handrail lint of ${COUNT} runbooks`,
    peerName: 'ajv validate',
    atMost: 3,
    rounds: 1,
    ours: () => runNode([here('src/cli/handrail.js'), 'lint', folder]),
    peer: () =>
      runNode([
        here('node_modules/ajv-cli/dist/index.js'),
        'validate',
        '--spec=draft7',
        '--strict=false',
        '-s',
        schema,
        '-d',
        files,
      ]),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

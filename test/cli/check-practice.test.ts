import path from 'node:path';

import { expect, it } from 'vitest';
import { z } from 'zod';

import { createShop } from '#practice/shop/shop.ts';
import { writeOverlay } from '#src/practice-overlay.ts';

import { handrail } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';

const Report = z.object({ steps: z.array(z.object({ id: z.string(), verdict: z.string() })) });
const args = ['check', 'checkout-bad-gateway-url', '--practice', '--only', 'config,gateways'];

it('checks the practice shop that another terminal has opened, with its credentials', async () => {
  await using folder = await temporaryFolder({});
  await using shop = await createShop({ ordersPerSecond: 0 });
  await writeOverlay(folder.path, shop);
  const env = { HANDRAIL_FOLDER: folder.path, HANDRAIL_RUNBOOKS: path.resolve('runbooks') };

  const { stdout, stderr } = await handrail([...args, '--format', 'json'], { env });

  expect(stderr).toBe('');
  const { steps } = Report.parse(JSON.parse(stdout));
  expect(steps.map(({ verdict }) => verdict)).not.toContain('inconclusive');
  expect(steps.length).toBeGreaterThan(3);
});

it('says so where practice does not run', async () => {
  await using folder = await temporaryFolder({});
  const { code, stderr } = await handrail(args, { env: { HANDRAIL_FOLDER: folder.path } });

  expect(code).toBe(3);
  expect(stderr).toBe('Practice is not running. Start it in another terminal: handrail practice\n');
});

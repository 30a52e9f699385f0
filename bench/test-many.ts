import { compare } from './comparison.ts';
import { handrail, shipped, temporaryFolder } from './paths.ts';

const COUNT = 1_000;

/** A thousand cases beside what nothing can be faster than: reading and linting the same files. */
export function testMany(): void {
  using temporary = temporaryFolder();
  const { folder, write } = temporary;
  write('handrail.yaml', shipped('handrail.yaml'));
  write('smoke.yaml', shipped('checkout/smoke.yaml'));
  const runbook = shipped('checkout/bad-gateway-url.yaml');
  const test = shipped('checkout/bad-gateway-url.test.yaml');
  const cases = test.match(/^ {2}- name:/gm)?.length ?? 1;
  const files = Math.round(COUNT / cases);
  for (let index = 0; index < files; index += 1) {
    const id = `checkout-${index}`;
    const own = runbook
      .replace('id: checkout-bad-gateway-url', `id: ${id}`)
      .replace('alertname: CheckoutErrorRateHigh', `alertname: Checkout${index}`);
    write(`many/${index}.yaml`, own);
    write(`many/${index}.test.yaml`, test.replace('checkout-bad-gateway-url', id));
  }
  compare({
    what: `${files * cases} cases of ${files} runbooks`,
    ours: { name: 'handrail test', command: [process.execPath, handrail, 'test', folder] },
    peers: [],
    floor: { name: 'a second', ms: 1_000, atMost: 4 },
    rounds: 3,
  });
}

import type { Shop } from '#practice/shop/shop.ts';
import { call } from '#test/practice/shop/call.ts';

/** What the practice shop's metrics say to a query of one value; NaN where they say nothing. */
export async function prometheusValue(
  { prometheusUrl }: Pick<Shop, 'prometheusUrl'>,
  query: string,
): Promise<number> {
  const parameters = new URLSearchParams({ query }).toString();
  const { body } = await call('GET', `${prometheusUrl}/api/v1/query?${parameters}`);
  return Number(/"value":\[[\d.]+,"([\d.]+)"/.exec(JSON.stringify(body))?.[1]);
}

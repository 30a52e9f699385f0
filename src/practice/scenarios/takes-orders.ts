const orders = 10;

/** Whether the checkout takes orders: ten in a row, each by a real request. */
export async function takesOrders(checkoutUrl: string): Promise<boolean> {
  for (let order = 0; order < orders; order += 1) {
    const response = await fetch(new URL('/orders', checkoutUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ sku: 'practice', quantity: 1, test: true }),
      signal: AbortSignal.timeout(10_000),
    });
    await response.body?.cancel();
    if (response.status !== 201) return false;
  }
  return true;
}

/** Asks something of the shop's control API. */
export async function control(
  controlUrl: string,
  method: 'PATCH' | 'POST',
  path: string,
  body: object,
): Promise<void> {
  const response = await fetch(new URL(path, controlUrl), {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) {
    throw new Error(`the practice shop answered ${response.status} to ${method} ${path}`);
  }
}

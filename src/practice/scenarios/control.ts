import { z } from 'zod';

const Refused = z.object({ error: z.string() });

/** Asks something of the shop's control API. */
export async function control(
  controlUrl: string,
  method: 'GET' | 'PATCH' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<unknown> {
  const response = await fetch(new URL(path, controlUrl), {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5_000),
  });
  const answer: unknown = await response.json();
  if (!response.ok) {
    const said = Refused.safeParse(answer).data?.error ?? JSON.stringify(answer);
    throw new Error(`The practice shop refused (${response.status} to ${method} ${path}): ${said}`);
  }
  return answer;
}

/** Switches one of the shop's faults on or off. */
export async function turn(controlUrl: string, fault: string, on: boolean): Promise<void> {
  await control(controlUrl, 'PUT', `/faults/${fault}`, { on });
}

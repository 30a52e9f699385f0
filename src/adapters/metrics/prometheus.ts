import { z } from 'zod';

import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import { parseForeign } from '#domain/well-formed-json.ts';
import type { Metrics, Sample } from '#ports/metrics.ts';
import type { Outbound, OutboundResponse } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** A time in seconds, and a number as text: `"NaN"`, `"+Inf"`, `"1e-05"`. */
const Point = z.tuple([z.number(), z.string()]).transform(([, text]) => numberOf(text));

const Data = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: Point })),
  }),
  z.object({ resultType: z.literal('scalar'), result: Point }),
]);

const Answer = z.discriminatedUnion('status', [
  z.object({ status: z.literal('success'), data: Data }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/** Instant queries of Prometheus's HTTP API; by POST, which has no limit of length. */
export function createPrometheus(deps: {
  outbound: Outbound;
  secrets: Secrets;
  connections: () => Readonly<Record<string, ConnectionSettings>>;
}): Metrics {
  return {
    async query(name, query, options) {
      const connection = deps.connections()[name];
      if (connection?.type !== 'prometheus' || connection.url === null) {
        const message = `The connection ${name} needs the type prometheus and a url.`;
        throw new PortError('metrics.connection', message, { retry: false });
      }
      const token = connection.options['token'];
      const outcome = await deps.outbound.request(
        {
          url: `${connection.url.replace(/\/+$/, '')}/api/v1/query`,
          method: 'POST',
          headers: {
            accept: 'application/json',
            'content-type': 'application/x-www-form-urlencoded',
            ...(typeof token === 'string' && {
              authorization: `Bearer ${deps.secrets.resolve(token).reveal()}`,
            }),
          },
          body: new URLSearchParams({ query }).toString(),
          maxBytes: MAX_BYTES,
        },
        options,
      );
      if (outcome.ok) return samplesIn(outcome.value);
      const { message, code, retry } = outcome.failure;
      throw new PortError(
        'metrics.unreachable',
        `Prometheus gave no answer: ${message} (${code}).`,
        {
          retry,
        },
      );
    },
  };
}

function samplesIn(response: OutboundResponse): readonly Sample[] {
  const parsed = Answer.safeParse(parseForeign(Buffer.from(response.body).toString('utf8')));
  if (!parsed.success) {
    const message = `Prometheus answered ${response.status} with something else than its API says.`;
    throw new PortError('metrics.badAnswer', message, { retry: true, cause: parsed.error });
  }
  const answer = parsed.data;
  if (answer.status === 'error') {
    const message = `Prometheus refused the query: ${answer.error.slice(0, 500)}`;
    throw new PortError('metrics.refused', message, { retry: answer.errorType !== 'bad_data' });
  }
  const { data } = answer;
  return data.resultType === 'scalar'
    ? [{ labels: {}, value: data.result }]
    : data.result.map(({ metric, value }) => ({ labels: metric, value }));
}

function numberOf(text: string): number {
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return text.trim() === '' ? Number.NaN : Number(text);
}

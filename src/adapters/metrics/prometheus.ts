import { z } from 'zod';

import type { ConnectionSettings } from '#domain/runbook/settings.ts';
import { parseForeign } from '#domain/well-formed-json.ts';
import type { Metrics } from '#ports/metrics.ts';
import type { Outbound, OutboundOptions, OutboundResponse } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';
import type { Secrets } from '#ports/secrets.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** A time in seconds, and a number as text: `"NaN"`, `"+Inf"`, `"1e-05"`. */
const Point = z
  .tuple([z.number(), z.string()])
  .transform(([at, text]) => ({ at, value: numberOf(text) }));
const labels = { metric: z.record(z.string(), z.string()) };

const InstantData = z.discriminatedUnion('resultType', [
  z.object({
    resultType: z.literal('vector'),
    result: z.array(z.object({ ...labels, value: Point })),
  }),
  z.object({ resultType: z.literal('scalar'), result: Point }),
]);

const RangeData = z.object({
  resultType: z.literal('matrix'),
  result: z.array(z.object({ ...labels, values: z.array(Point) })),
});

const Success = z.object({ status: z.literal('success'), data: z.unknown() });
const Refusal = z.object({
  status: z.literal('error'),
  errorType: z.string(),
  error: z.string(),
});

/** Queries of Prometheus's HTTP API; by POST, which has no limit of length. */
export function createPrometheus(deps: {
  outbound: Outbound;
  secrets: Secrets;
  connections: () => Readonly<Record<string, ConnectionSettings>>;
}): Metrics {
  async function ask<Data extends z.ZodType>(
    data: Data,
    name: string,
    { path, form }: { path: string; form: Readonly<Record<string, string>> },
    options: OutboundOptions,
  ): Promise<z.output<Data>> {
    const connection = deps.connections()[name];
    if (connection?.type !== 'prometheus' || connection.url === null) {
      const message = `The connection ${name} needs the type prometheus and a url.`;
      throw new PortError('metrics.connection', message, { retry: false });
    }
    const token = connection.options['token'];
    const outcome = await deps.outbound.request(
      {
        url: `${connection.url.replace(/\/+$/, '')}/api/v1/${path}`,
        method: 'POST',
        headers: {
          accept: 'application/json',
          'content-type': 'application/x-www-form-urlencoded',
          ...(typeof token === 'string' && {
            authorization: `Bearer ${deps.secrets.resolve(token).reveal()}`,
          }),
        },
        body: new URLSearchParams(form).toString(),
        maxBytes: MAX_BYTES,
      },
      options,
    );
    if (outcome.ok) return dataIn(data, outcome.value);
    const { message, code, retry } = outcome.failure;
    const text = `Prometheus gave no answer: ${message} (${code}).`;
    throw new PortError('metrics.unreachable', text, { retry });
  }

  return {
    async query(name, query, options) {
      const found = await ask(InstantData, name, { path: 'query', form: { query } }, options);
      return found.resultType === 'scalar'
        ? [{ labels: {}, value: found.result.value }]
        : found.result.map(({ metric, value }) => ({ labels: metric, value: value.value }));
    },

    async range(name, query, { from, to, step }, options) {
      const form = { query, start: String(from), end: String(to), step: String(step) };
      const found = await ask(RangeData, name, { path: 'query_range', form }, options);
      return found.result.map(({ metric, values }) => ({ labels: metric, points: values }));
    },
  };
}

function dataIn<Data extends z.ZodType>(data: Data, response: OutboundResponse): z.output<Data> {
  const answer = parseForeign(Buffer.from(response.body).toString('utf8'));
  const refused = Refusal.safeParse(answer).data;
  if (refused !== undefined) {
    const message = `Prometheus refused the query: ${refused.error.slice(0, 500)}`;
    throw new PortError('metrics.refused', message, { retry: refused.errorType !== 'bad_data' });
  }
  const parsed = data.safeParse(Success.safeParse(answer).data?.data);
  if (parsed.success) return parsed.data;
  const message = `Prometheus answered ${response.status} with something else than its API says.`;
  throw new PortError('metrics.badAnswer', message, { retry: true, cause: parsed.error });
}

function numberOf(text: string): number {
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return text.trim() === '' ? Number.NaN : Number(text);
}

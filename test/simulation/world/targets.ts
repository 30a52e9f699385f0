import type { Outbound, OutboundFailure, OutboundRequest, Outcome } from '#ports/outbound.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';

/** The payment gateways, which are well, and checkout, where an order fails while production is broken. */
export type Targets = { outboundOf(machine: Machine): Outbound };

const took = { dns: 2, connect: 5, tls: 9, firstByte: 20, total: 40 };

export function createTargets(deps: { line: Line; isBroken: () => boolean }): Targets {
  const line: Line = { ...deps.line, name: 'targets' };

  function answerTo({ url, method }: OutboundRequest) {
    const status = method !== 'POST' ? 200 : deps.isBroken() ? 502 : 201;
    return { url, status, headers: {}, body: new Uint8Array(), truncated: false, timings: took };
  }

  return {
    outboundOf(machine) {
      const call = <T>(what: string, signal: AbortSignal, serve: () => T) =>
        machine.call(line, what, serve, signal).then(
          (value): Outcome<T> => ({ ok: true, value }),
          (): Outcome<T> => {
            signal.throwIfAborted();
            return { ok: false, failure: silent };
          },
        );
      return {
        request: (request, { signal }) =>
          call(request.method === 'POST' ? 'order' : 'get', signal, () => answerTo(request)),
        connect: (_target, { signal }) => call('connect', signal, () => ({ durationMs: 5 })),
        handshake: (_target, { signal }) => call('handshake', signal, () => facts),
        query: (_question, { signal }) =>
          call('resolve', signal, () => ({
            answers: ['192.0.2.1'],
            rcode: 'NOERROR',
            durationMs: 2,
          })),
      };
    },
  };
}

const silent: OutboundFailure = {
  fault: 'target',
  code: 'TIMEOUT',
  message: 'No answer.',
  retry: true,
  sent: true,
};

const facts = {
  authorized: true,
  error: null,
  validTo: '2027-11-24T00:00:00.000Z',
  issuer: 'A CA',
  subject: 'a gateway',
  altNames: [],
  protocol: 'TLSv1.3',
};

import type { HttpRequests } from '#ports/http-requests.ts';
import { PortError } from '#ports/port-error.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';

/** A server that does what a request asks each time it asks, whatever key it carries. */
export type Hooks = {
  requestsOf(machine: Machine): HttpRequests;
  /** The key of each request that arrived. */
  done: readonly string[];
};

export function createHooks({ line }: { line: Line }): Hooks {
  const done: string[] = [];
  return {
    done,
    requestsOf: (machine) => ({
      send: (_connection, { key }, signal) =>
        machine.call(
          { ...line, silence },
          'hook',
          () => {
            done.push(key);
            return { kind: 'answered', status: 200, body: null };
          },
          signal,
        ),
    }),
  };
}

function silence(): Error {
  return new PortError('http.unknown', 'No answer.', { retry: true });
}

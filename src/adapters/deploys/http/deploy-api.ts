import type { Deploys, RollbackStart } from '#ports/deploys.ts';
import type { OutboundResponse } from '#ports/outbound.ts';
import { PortError } from '#ports/port-error.ts';

import { ConfigurationAnswer, DeploymentList, Freeze, Rollback, RollbackList } from './answers.ts';
import { call, type CallDeps, problemIn, read, refusedBy } from './call.ts';

/** Statuses after which the contract promises that nothing was started, and that say why. */
const NOTHING_STARTED = new Set([400, 401, 403, 404, 409, 422]);

/**
 * The `Deploys` port over the HTTP contract in `openapi.yaml`. Never repeats a request by itself: a
 * start whose answer was lost is a PortError `deploys.unknown`, and to find out is the caller's.
 */
export function createDeployApi(deps: CallDeps): Deploys {
  return {
    async list(target, limit, signal) {
      const response = await call(deps, { target, path: `deployments?limit=${limit}`, signal });
      return answer(DeploymentList, response).deployments;
    },

    async configuration(target, deploymentId, signal) {
      const path = `deployments/${encodeURIComponent(deploymentId)}/configuration`;
      return answer(ConfigurationAnswer, await call(deps, { target, path, signal })).values;
    },

    async startRollback(target, { key, from, to, reason }, signal) {
      const body = { from, to, reason: reason.slice(0, 1_000) };
      const start = { key, body };
      return startIn(await call(deps, { target, path: 'rollbacks', signal, start }), key);
    },

    async findRollback(target, key, signal) {
      const path = `rollbacks?key=${encodeURIComponent(key)}`;
      const { rollbacks } = answer(RollbackList, await call(deps, { target, path, signal }));
      const [found] = rollbacks;
      if (found !== undefined && found.key !== key) throw otherKey();
      return found ?? null;
    },

    async readRollback(target, id, signal) {
      const path = `rollbacks/${encodeURIComponent(id)}`;
      return answer(Rollback, await call(deps, { target, path, signal }));
    },

    async readFreeze(target, signal) {
      return answer(Freeze, await call(deps, { target, path: 'freeze', signal }));
    },

    async setFreeze(target, { frozen, reason }, signal) {
      const put = { frozen, reason: reason.slice(0, 1_000) };
      const response = await call(deps, { target, path: 'freeze', signal, put });
      if (NOTHING_STARTED.has(response.status)) return refusal(response);
      if (answer(Freeze, response).frozen === frozen) return { kind: 'set' };
      const message = 'The deploy API took the freeze and says that it is not so.';
      throw new PortError('deploys.unknown', message, { retry: true });
    },
  };
}

function answer<T>(schema: Parameters<typeof read<T>>[0], response: OutboundResponse): T {
  if (response.status === 200) return read(schema, response);
  throw refusedBy(response);
}

function startIn(response: OutboundResponse, key: string): RollbackStart {
  if (response.status === 200 || response.status === 202) {
    const operation = read(Rollback, response);
    if (operation.key !== key) throw otherKey();
    return { kind: 'accepted', operation };
  }
  if (!NOTHING_STARTED.has(response.status)) throw refusedBy(response);

  const { code, current } = problemIn(response);
  if (response.status === 409 && code === 'changed' && current !== undefined) {
    return { kind: 'changed', current };
  }
  return refusal(response);
}

function refusal(response: OutboundResponse): { kind: 'refused'; message: string } {
  const { message } = problemIn(response);
  return { kind: 'refused', message: `The deploy API answered ${response.status}: ${message}` };
}

/** An API that ignores keys cannot tell whether this rollback was started. */
function otherKey(): PortError {
  const message = 'The deploy API answered with the rollback of another key.';
  return new PortError('deploys.unknown', message, { retry: true });
}

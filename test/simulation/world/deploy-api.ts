import type { Configuration, Deployment } from '#domain/deploys/deployment.ts';
import type { Deploys, Freeze, RollbackOperation, RollbackStart } from '#ports/deploys.ts';
import { PortError } from '#ports/port-error.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';
import type { Random } from '#test/simulation/engine/random.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

/** The platform that deployments run on, and what it was asked. */
export type DeployApi = {
  deploysOf(machine: Machine): Deploys;
  isBroken(): boolean;
  /** Somebody deploys a build, past all runbooks. */
  deployByHand(build: string): void;
  /** Rollbacks that it really began, in order. */
  begun: readonly Begun[];
  /** Keys of those that began while another was under way. */
  overlaps: readonly string[];
  /** Keys of those that ended well. */
  succeeded(): string[];
};

export type Begun = { at: number; key: string; from: string; to: string };

/** `honoursKeys` false: it takes each request for a new one, and can't say which key a rollback had. */
export type Manners = {
  honoursKeys: boolean;
  refuses: number;
  fails: number;
  /** Share of the requests that arrive late, and how late. */
  lates: number;
  lateMs: number;
};

const brokenBuild = '1842';

export function createDeployApi(deps: {
  schedule: Schedule;
  random: Random;
  epochMs: number;
  line: Line;
  isFoul: () => boolean;
  manners: Manners;
}): DeployApi {
  const { schedule, random, epochMs, line, isFoul, manners } = deps;
  const begun: Begun[] = [];
  const overlaps: string[] = [];
  const operations: RollbackOperation[] = [];
  const hour = 60 * 60_000;
  const deployments: Deployment[] = [
    deployed('1839', -6 * hour),
    deployed('1840', -3 * hour),
    deployed('1841', -2 * hour),
    deployed(brokenBuild, -6 * 60_000),
  ];
  let freeze: Freeze = { frozen: false, reason: null };

  function deployed(build: string, at: number, more: Partial<Deployment> = {}): Deployment {
    const iso = new Date(epochMs + at).toISOString();
    return {
      id: `d${build}`,
      build,
      commit: null,
      actor: 'dora',
      kind: 'deploy',
      status: 'succeeded',
      startedAt: iso,
      finishedAt: iso,
      rolledBackFrom: null,
      url: null,
      commits: [`change of ${build}`],
      files: [`src/${build}.ts`],
      ...more,
    };
  }

  const live = () => deployments.findLast(({ status }) => status === 'succeeded');

  function start(from: string, to: string, key: string): RollbackStart {
    const known = operations.find((one) => one.key === key);
    if (known !== undefined && manners.honoursKeys) {
      return { kind: 'accepted', operation: { ...known } };
    }
    const current = live()?.id ?? '';
    if (current !== from) return { kind: 'changed', current };
    if (!deployments.some(({ id }) => id === to)) return { kind: 'refused', message: 'No such.' };
    if (isFoul() && random.chance(manners.refuses)) {
      return { kind: 'refused', message: 'In maintenance.' };
    }
    if (operations.some(isUnderWay)) overlaps.push(key);
    begun.push({ at: schedule.now(), key, from, to });
    const id = `op${operations.length + 1}`;
    const operation: RollbackOperation = {
      id,
      key,
      status: 'pending',
      from,
      to,
      url: null,
      message: null,
    };
    operations.push(operation);
    proceed(operation);
    if (!manners.honoursKeys) throw otherKey();
    return { kind: 'accepted', operation: { ...operation } };
  }

  function proceed(operation: RollbackOperation): void {
    schedule.after(random.unit() * 1_500, () => {
      operation.status = 'running';
    });
    const fails = isFoul() && random.chance(manners.fails);
    schedule.after(2_000 + random.unit() * 6_000, () => {
      operation.status = fails ? 'failed' : 'succeeded';
      if (fails) operation.message = 'The new pods did not become ready.';
      else finish(operation);
    });
  }

  function finish({ id, from, to }: RollbackOperation): void {
    const build = deployments.find((one) => one.id === to)?.build ?? '';
    const more = { id: `r-${id}`, kind: 'rollback', rolledBackFrom: from } as const;
    deployments.push(deployed(build, schedule.now(), { ...more, commits: [], files: [] }));
  }

  function find(key: string): RollbackOperation | null {
    if (!manners.honoursKeys) {
      if (operations.length > 0) throw otherKey();
      return null;
    }
    const found = operations.find((one) => one.key === key);
    return found === undefined ? null : { ...found };
  }

  function read(id: string): RollbackOperation {
    const found = operations.find((one) => one.id === id);
    if (found === undefined) throw new PortError('deploys.unknown', 'No such.', { retry: false });
    return { ...found };
  }

  return {
    begun,
    overlaps,
    succeeded: () =>
      operations.filter(({ status }) => status === 'succeeded').map(({ key }) => key),
    isBroken: () => live()?.build === brokenBuild,
    deployByHand(build) {
      const id = `d${build}-${deployments.length}`;
      deployments.push(deployed(build, schedule.now(), { id, commits: [], files: [] }));
    },

    deploysOf(machine) {
      const late: Line = {
        ...line,
        journey() {
          const journey = line.journey();
          const isLate = isFoul() && journey.there !== null && random.chance(manners.lates);
          if (!isLate) return journey;
          return { ...journey, there: (journey.there ?? 0) + random.unit() * manners.lateMs };
        },
      };
      const call = <T>(what: string, signal: AbortSignal, serve: () => T) =>
        machine.call(line, what, serve, signal);
      return {
        list: (_target, limit, signal) =>
          call('list', signal, () => deployments.toReversed().slice(0, limit)),
        configuration: (_target, id, signal) =>
          call('configuration', signal, () => configurationOf(deployments, id)),
        startRollback: (_target, { from, to, key }, signal) =>
          machine.call(late, 'startRollback', () => start(from, to, key), signal),
        findRollback: (_target, key, signal) => call('findRollback', signal, () => find(key)),
        readRollback: (_target, id, signal) => call('readRollback', signal, () => read(id)),
        readFreeze: (_target, signal) => call('readFreeze', signal, () => freeze),
        setFreeze: (_target, { frozen, reason }, signal) =>
          call('setFreeze', signal, () => {
            freeze = { frozen, reason };
            return { kind: 'set' };
          }),
      };
    },
  };
}

function isUnderWay({ status }: RollbackOperation): boolean {
  return status === 'pending' || status === 'running';
}

function configurationOf(deployments: readonly Deployment[], id: string): Configuration {
  const build = deployments.find((one) => one.id === id)?.build;
  const host = build === brokenBuild ? 'sandbox.gateway-a.example' : 'api.gateway-a.example';
  return {
    PAYMENT_GATEWAY_URL: { value: `https://${host}/v1`, secret: false },
    PAYMENT_GATEWAY_TIMEOUT_MS: { value: '2000', secret: false },
    PAYMENT_GATEWAY_API_KEY: { value: null, secret: true },
  };
}

function otherKey(): PortError {
  return new PortError('deploys.unknown', 'It answered with another key.', { retry: true });
}

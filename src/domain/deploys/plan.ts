import { differingKeys } from '#domain/configuration/compare.ts';
import type { JsonObject } from '#domain/json.ts';

import { ageText } from './age.ts';
import type { Configuration, Deployment } from './deployment.ts';
import { matchesFilePattern } from './file-pattern.ts';
import { type Live, liveDeployments, rollbackTargetOf } from './history.ts';

export type RollbackPlan = {
  action: 'deploys.rollback';
  service: string;
  environment: string;
  from: { id: string; build: string };
  to: { id: string; build: string };
  /** Since the target began to take traffic, at the time of planning. */
  age: string;
  /** What the rollback takes back, newest first. */
  commits: readonly string[];
  files: readonly string[];
  /** Keys that the rollback adds, removes or sets to another value. */
  configKeys: readonly string[];
  /** Files among `files` that match the service's migration patterns. */
  migrations: readonly string[];
};

export type Planned =
  | { kind: 'plan'; plan: RollbackPlan }
  | { kind: 'notNeeded'; message: string }
  /** Nothing safe to roll back to, or not from here: a person has to say what to do. */
  | { kind: 'noTarget'; message: string };

/**
 * Plans a rollback of what runs now. `from` and `to` are deployment ids or builds.
 *
 * Planned again with the `from` and `to` of an approved plan, it answers whether that plan still
 * holds: `notNeeded` once its build runs, under whatever deployment. Without a `to`, a rollback that
 * somebody has finished since `startedAt` is answer enough; the build before that one would never
 * be offered by itself.
 */
export function planRollback(request: {
  service: string;
  environment: string;
  deployments: readonly Deployment[];
  startedAt: string;
  now: string;
  from?: string | undefined;
  to?: string | undefined;
  /** File patterns of the service's database migrations. */
  migrations: readonly string[];
  configurationFrom?: Configuration | undefined;
  configurationTo?: Configuration | undefined;
  /** What the code host says of the commits between the two, where the deploy API says nothing. */
  changes?: { commits: readonly string[]; files: readonly string[] } | undefined;
}): Planned {
  const { deployments, startedAt } = request;
  const live = liveDeployments(deployments);
  const current = live[0];
  if (current === undefined) return noTarget('Nothing is known to run there.');

  const from = request.from === undefined ? current : find(live, request.from);
  if (from === null) return noTarget(`There is no deployment ${request.from} to roll back from.`);
  const to =
    request.to === undefined ? rollbackTargetOf(deployments, from) : find(live, request.to);

  if (
    to?.build === current.build ||
    (request.to === undefined && isUndone(current, from, startedAt))
  ) {
    return { kind: 'notNeeded', message: alreadyOn(current) };
  }
  if (from.id !== current.id && from.build !== current.build) {
    return noTarget(`${current.build} runs now, not ${from.build}.`);
  }
  if (to === null) {
    return noTarget(
      request.to === undefined
        ? `No earlier build than ${from.build} ran for ten minutes without being rolled back.`
        : `There is no successful deployment ${request.to} to roll back to.`,
    );
  }
  return { kind: 'plan', plan: draw(request, current, to) };
}

/** The part of a plan that an approval is bound to: without ages, times and links. */
export function planHashInput(plan: RollbackPlan): JsonObject {
  const { action, service, environment, from, to, commits, files, configKeys, migrations } = plan;
  return { action, service, environment, from, to, commits, files, configKeys, migrations };
}

function draw(request: Parameters<typeof planRollback>[0], from: Live, to: Live): RollbackPlan {
  const taken = between(request.deployments, from, to);
  const told = {
    commits: unique(taken.flatMap((each) => each.commits)),
    files: unique(taken.flatMap((each) => each.files)),
  };
  const known = told.commits.length + told.files.length > 0;
  const { commits, files } = known ? told : (request.changes ?? told);
  return {
    action: 'deploys.rollback',
    service: request.service,
    environment: request.environment,
    from: { id: from.id, build: from.build },
    to: { id: to.id, build: to.build },
    age: ageText(Date.parse(request.now) - Date.parse(to.finishedAt)),
    commits,
    files,
    configKeys: differingKeys(request.configurationFrom ?? {}, request.configurationTo ?? {}),
    migrations: files.filter((file) =>
      request.migrations.some((pattern) => matchesFilePattern(pattern, file)),
    ),
  };
}

/**
 * Everything that came after the older of two deployments, up to the newer one. Failed deployments
 * count: their migrations may have run.
 */
function between(deployments: readonly Deployment[], from: Live, to: Live): readonly Deployment[] {
  const ends = [Date.parse(from.finishedAt), Date.parse(to.finishedAt)];
  return deployments.filter((each) => {
    const at = Date.parse(each.finishedAt ?? each.startedAt);
    return at > Math.min(...ends) && at <= Math.max(...ends);
  });
}

function isUndone(current: Live, from: Live, startedAt: string): boolean {
  if (current.kind !== 'rollback') return false;
  return current.id === from.id
    ? Date.parse(current.finishedAt) >= Date.parse(startedAt)
    : current.rolledBackFrom === from.id;
}

function find(live: readonly Live[], wanted: string): Live | null {
  return (
    live.find((each) => each.id === wanted) ?? live.find((each) => each.build === wanted) ?? null
  );
}

function alreadyOn(current: Live): string {
  return `Already on ${current.build} since ${current.finishedAt.slice(11, 16)}, by ${current.actor}`;
}

function noTarget(message: string): Planned {
  return { kind: 'noTarget', message };
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}

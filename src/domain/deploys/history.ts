import type { JsonObject } from '#domain/json.ts';

import { ageText } from './age.ts';
import type { Deployment } from './deployment.ts';

/**
 * What a list of deployments says about an incident. All of it is derived from when deployments
 * began to take traffic (`finishedAt`), not from their order in the list: two that overlap may
 * finish in the other order.
 */

/** A deployment in this window before the start may have caused it. */
const SUSPECT_WINDOW_MS = 60 * 60_000;
/** A build that was replaced sooner has not shown that it is healthy. */
const PROVEN_AFTER_MS = 10 * 60_000;

/**
 * So many deployments are read, whatever is shown of them: what a rollback goes back to may lie behind
 * builds that came and went in an hour. More than these no deploy API has to list.
 */
export const deploymentsRead = 100;

export type Live = Deployment & { status: 'succeeded'; finishedAt: string };

export type DeploymentHistory = {
  /** What runs now. */
  current: Live | null;
  /** What ran before it. */
  previous: Live | null;
  /** The newest deployment that finished within an hour before the start. */
  suspect: (Deployment & { finishedAt: string }) | null;
  rollbackTarget: Live | null;
};

export function deploymentHistory(
  deployments: readonly Deployment[],
  startedAt: string,
): DeploymentHistory {
  const live = liveDeployments(deployments);
  const current = live[0] ?? null;
  return {
    current,
    previous: live[1] ?? null,
    suspect: suspectOf(deployments, startedAt),
    rollbackTarget: current === null ? null : rollbackTargetOf(deployments, current),
  };
}

/** The result of `deploys.list`. What does not exist is left out, so that `has()` tells. */
export function deploymentFacts(
  deployments: readonly Deployment[],
  startedAt: string,
  now: string,
): JsonObject {
  const { current, previous, suspect, rollbackTarget } = deploymentHistory(deployments, startedAt);
  return {
    deployments: deployments.map((deployment) => factsOf(deployment, now)),
    ...(current && { current: factsOf(current, now) }),
    ...(previous && { previous: factsOf(previous, now) }),
    ...(suspect && {
      suspect: {
        ...factsOf(suspect, now),
        before: ageText(Date.parse(startedAt) - Date.parse(suspect.finishedAt)),
      },
    }),
    ...(rollbackTarget && { rollbackTarget: factsOf(rollbackTarget, now) }),
  };
}

/** The deployments that took the traffic one after another, newest first. */
export function liveDeployments(deployments: readonly Deployment[]): readonly Live[] {
  return newestFirst(
    deployments.filter(
      (each): each is Live => each.status === 'succeeded' && each.finishedAt !== null,
    ),
  );
}

/**
 * The newest deployment before `from` that is of another build, succeeded, was live for ten minutes
 * or more, and whose build was never rolled back from: not under another deployment either, and not
 * by a rollback that failed, since somebody wanted to get rid of it.
 */
export function rollbackTargetOf(deployments: readonly Deployment[], from: Live): Live | null {
  const abandoned = abandonedBuilds(deployments);
  const live = liveDeployments(deployments);
  const start = live.findIndex((each) => each.id === from.id);
  if (start === -1) return null;

  for (let index = start + 1; index < live.length; index += 1) {
    const candidate = live[index];
    const successor = live[index - 1];
    if (candidate === undefined || successor === undefined) continue;
    const liveFor = Date.parse(successor.finishedAt) - Date.parse(candidate.finishedAt);
    if (candidate.build === from.build || abandoned.has(candidate.build)) continue;
    if (liveFor >= PROVEN_AFTER_MS) return candidate;
  }
  return null;
}

function abandonedBuilds(deployments: readonly Deployment[]): ReadonlySet<string> {
  const buildOf = new Map(deployments.map((each) => [each.id, each.build]));
  const builds = deployments
    .map((each) => (each.rolledBackFrom === null ? undefined : buildOf.get(each.rolledBackFrom)))
    .filter((build) => build !== undefined);
  return new Set(builds);
}

function suspectOf(
  deployments: readonly Deployment[],
  startedAt: string,
): DeploymentHistory['suspect'] {
  const start = Date.parse(startedAt);
  const inWindow = deployments.filter(hasFinished).filter((each) => {
    const before = start - Date.parse(each.finishedAt);
    return before >= 0 && before <= SUSPECT_WINDOW_MS;
  });
  return newestFirst(inWindow)[0] ?? null;
}

function hasFinished(deployment: Deployment): deployment is Deployment & { finishedAt: string } {
  return deployment.status !== 'running' && deployment.finishedAt !== null;
}

function newestFirst<T extends { finishedAt: string }>(deployments: readonly T[]): readonly T[] {
  return deployments.toSorted((a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt));
}

function factsOf(deployment: Deployment, now: string): JsonObject {
  const { id, build, commit, actor, status, url } = deployment;
  const at = deployment.finishedAt ?? deployment.startedAt;
  return {
    id,
    build,
    commit,
    actor,
    at,
    age: ageText(Date.parse(now) - Date.parse(at)),
    status,
    url,
  };
}

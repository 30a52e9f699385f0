import type { Deployment } from './deployment.ts';
import { deploymentHistory, liveDeployments } from './history.ts';

export type CommitRange =
  | { kind: 'range'; from: string; to: string }
  /** Nothing was deployed that could be the cause. */
  | { kind: 'none'; message: string }
  | { kind: 'unknown'; message: string };

/** From the commit that ran before the suspected deployment to that deployment's own. */
export function commitRange(deployments: readonly Deployment[], startedAt: string): CommitRange {
  const { suspect } = deploymentHistory(deployments, startedAt);
  if (suspect === null) {
    return { kind: 'none', message: 'no deployment within an hour before the start' };
  }
  const before = liveDeployments(deployments).find(
    ({ id, finishedAt }) =>
      id !== suspect.id && Date.parse(finishedAt) <= Date.parse(suspect.finishedAt),
  );
  if (before === undefined) {
    return { kind: 'unknown', message: `Nothing is known to have run before ${suspect.build}.` };
  }
  const [from, to] = [before.commit, suspect.commit];
  if (from === null || to === null) {
    const { build } = to === null ? suspect : before;
    return { kind: 'unknown', message: `The deploy API does not tell the commit of ${build}.` };
  }
  return { kind: 'range', from, to };
}

import type { Deployment } from '#domain/deploys/deployment.ts';

/** 2026-11-22 at the given UTC time. */
export const at = (time: string) => `2026-11-22T${time}:00.000Z`;

/** A deployment that succeeded at the given time of 2026-11-22, with changes of its own. */
export function deployed(build: string, time: string, given: Partial<Deployment> = {}): Deployment {
  return {
    id: `d${build}`,
    build,
    commit: null,
    actor: 'ana',
    kind: 'deploy',
    status: 'succeeded',
    startedAt: at(time),
    finishedAt: at(time),
    rolledBackFrom: null,
    url: null,
    commits: [`commit of ${build}`],
    files: [`src/${build}.ts`],
    ...given,
  };
}

/** A rollback to a build, finished at the given time. */
export function rolledBack(build: string, time: string, from: string): Deployment {
  return deployed(build, time, {
    id: `r${build}`,
    kind: 'rollback',
    actor: 'ben',
    rolledBackFrom: `d${from}`,
    commits: [],
    files: [],
  });
}

import { z } from 'zod';

import { commitRange } from '#domain/deploys/commit-range.ts';
import { deploymentsRead } from '#domain/deploys/history.ts';

import type { CheckKind } from './check-kind.ts';
import { connectionFor } from './connection.ts';
import { inputsOf, measured, unavailable } from './outcome.ts';
import { repositoryFor } from './repository.ts';

const With = z.object({
  from: z.string().optional(),
  to: z.string().optional(),
  connection: z.string().optional(),
  service: z.string().optional(),
  environment: z.string().optional(),
});

/** What the code host says was changed, between two commits or by the suspected deployment. */
export const changesList: CheckKind = {
  async measure(request, { signal }, { code, deploys, settings }) {
    const { from, to, connection: named, ...place } = inputsOf(With, request);
    const { service = request.service, environment = request.environment } = place;
    const at = { ...request, service };
    const repository = repositoryFor(settings(), at, named);

    let range = from !== undefined && to !== undefined ? { from, to } : null;
    if (range === null) {
      const wanted = { named: undefined, role: 'deploys', types: ['deploy-api'] as const };
      const connection = connectionFor(settings(), at, wanted);
      const target = { connection, service, environment };
      const found = commitRange(
        await deploys.list(target, deploymentsRead, signal),
        request.startedAt,
      );
      if (found.kind === 'unknown') return unavailable(found.message);
      if (found.kind === 'none') {
        return measured({ commits: [], files: [], pullRequests: [] }, found.message);
      }
      range = { from: from ?? found.from, to: to ?? found.to };
    }

    const { commits, files } = await code.compare(repository, range, signal);
    const ids = commits.map(({ sha }) => sha);
    const pullRequests = await code.pullRequestsOf(repository, ids, signal);
    return measured(
      {
        commits: commits.map((commit) => ({ ...commit })),
        files: [...files],
        pullRequests: pullRequests.map((pullRequest) => ({ ...pullRequest })),
      },
      `${counted(commits.length, 'commit')} in ${counted(files.length, 'file')}`,
    );
  },
};

function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

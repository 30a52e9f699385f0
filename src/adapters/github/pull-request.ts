import type { CodeHost } from '#ports/code-host.ts';

import type { Call } from './client.ts';

const AT_HOME = new Set(['OWNER', 'MEMBER', 'COLLABORATOR']);

export function createPullRequest(call: Call): CodeHost['pullRequest'] {
  return (repository, number, signal) =>
    call(repository, signal, async (octokit, place) => {
      const { data: pull } = await octokit.rest.pulls.get({ ...place, pull_number: number });
      const { data: compared } = await octokit.rest.repos.compareCommitsWithBasehead({
        ...place,
        basehead: `${pull.base.sha}...${pull.head.sha}`,
        per_page: 1,
      });
      const elsewhere = pull.head.repo?.full_name !== pull.base.repo.full_name;
      return {
        number,
        title: pull.title,
        url: pull.html_url,
        state: pull.state,
        author: pull.user?.login ?? null,
        head: pull.head.sha,
        base: compared.merge_base_commit.sha,
        foreign: elsewhere && !AT_HOME.has(pull.author_association),
      };
    });
}

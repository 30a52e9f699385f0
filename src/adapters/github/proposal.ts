import type { CodeHost, Linked } from '#ports/code-host.ts';

import type { Call } from './client.ts';
import { isAnswer } from './failure.ts';
import { madeOnce } from './made-once.ts';

/** Branch, file and pull request: each is there already, or is made. */
export function createProposeFile(call: Call): CodeHost['proposeFile'] {
  return async (repository, { branch, path, text, title, body }, signal) => {
    const pullRequest = () =>
      call(repository, signal, async (octokit, place): Promise<Linked | null> => {
        const { data } = await octokit.rest.pulls.list({
          ...place,
          head: `${place.owner}:${branch}`,
          state: 'all',
        });
        const found = data.find((each) => each.head.ref === branch);
        return found === undefined ? null : linkOf(found);
      });
    const known = await pullRequest();
    if (known !== null) return known;

    const base = await call(repository, signal, async (octokit, place) => {
      const { data } = await octokit.rest.repos.get(place);
      return data.default_branch;
    });
    await madeOnce(
      () => headOf(call, repository, branch, signal),
      async () => {
        const sha = await headOf(call, repository, base, signal);
        return call(repository, signal, async (octokit, place) => {
          const ref = `refs/heads/${branch}`;
          const { data } = await octokit.rest.git.createRef({ ...place, ref, sha: sha ?? '' });
          return data.object.sha;
        });
      },
    );
    await madeOnce(
      () =>
        call(repository, signal, async (octokit, place) => {
          await octokit.rest.repos.getContent({ ...place, path, ref: branch });
          return true;
        }).catch((error: unknown) => {
          if (isAnswer(error, 404)) return null;
          throw error;
        }),
      () =>
        call(repository, signal, async (octokit, place) => {
          const content = Buffer.from(text).toString('base64');
          const message = title;
          const file = { ...place, path, message, content, branch };
          await octokit.rest.repos.createOrUpdateFileContents(file);
          return true;
        }),
    );
    return madeOnce(pullRequest, () =>
      call(repository, signal, async (octokit, place) => {
        const proposal = { ...place, title: title.slice(0, 250), body, head: branch, base };
        return linkOf((await octokit.rest.pulls.create(proposal)).data);
      }),
    );
  };
}

async function headOf(
  call: Call,
  repository: Parameters<Call>[0],
  branch: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    return await call(repository, signal, async (octokit, place) => {
      const { data } = await octokit.rest.git.getRef({ ...place, ref: `heads/${branch}` });
      return data.object.sha;
    });
  } catch (error) {
    if (isAnswer(error, 404)) return null;
    throw error;
  }
}

function linkOf({ number, html_url: url }: { number: number; html_url: string }): Linked {
  return { number, url };
}

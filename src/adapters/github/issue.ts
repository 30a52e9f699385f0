import type { CodeHost, Linked } from '#ports/code-host.ts';

import type { Client } from './client.ts';
import { madeOnce } from './made-once.ts';

/** Found by listing: GitHub's search learns of an issue only some time after it is there. */
export function createOpenIssue({ call, login }: Client): CodeHost['openIssue'] {
  return async (repository, { marker, title, body, since }, signal) => {
    const us = await login(repository, signal);
    const find = () =>
      call(repository, signal, async (octokit, place): Promise<Linked | null> => {
        const pages = octokit.paginate.iterator(octokit.rest.issues.listForRepo, {
          ...place,
          since,
          state: 'all',
          per_page: 100,
        });
        for await (const { data } of pages) {
          const found = data.find(
            (each) => each.user?.login === us && each.body?.includes(marker) === true,
          );
          if (found !== undefined) return { number: found.number, url: found.html_url };
        }
        return null;
      });
    return madeOnce(find, () =>
      call(repository, signal, async (octokit, place) => {
        const { data } = await octokit.rest.issues.create({
          ...place,
          title: title.slice(0, 250),
          body: `${body}\n\n${marker}`,
        });
        return { number: data.number, url: data.html_url };
      }),
    );
  };
}

import type { CodeHost } from '#ports/code-host.ts';

import type { Client } from './client.ts';
import { madeOnce } from './made-once.ts';

/** GitHub takes 65,536 characters. */
const LONGEST = 65_000;

/**
 * The comment is known by the marker that it begins with, and by who wrote it: anybody may copy a
 * marker.
 */
export function createPutComment({ call, login }: Client): CodeHost['putComment'] {
  return async (repository, { number, marker, text }, signal) => {
    const body = shortened(`${marker}\n${text}`);
    const us = await login(repository, signal);

    const find = () =>
      call(repository, signal, async (octokit, place) => {
        const pages = octokit.paginate.iterator(octokit.rest.issues.listComments, {
          ...place,
          issue_number: number,
          per_page: 100,
        });
        for await (const { data } of pages) {
          const ours = data.find(
            (each) => each.user?.login === us && each.body?.startsWith(marker) === true,
          );
          if (ours !== undefined) return { id: ours.id, body: ours.body ?? '' };
        }
        return null;
      });
    const make = () =>
      call(repository, signal, async (octokit, place) => {
        const { data } = await octokit.rest.issues.createComment({
          ...place,
          issue_number: number,
          body,
        });
        return { id: data.id, body };
      });

    const comment = await madeOnce(find, make);
    if (comment.body.replaceAll('\r\n', '\n').trim() === body.trim()) return;
    await call(repository, signal, (octokit, place) =>
      octokit.rest.issues.updateComment({ ...place, comment_id: comment.id, body }),
    );
  };
}

function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${text.slice(0, LONGEST)}\n\n… and more: see the check.`;
}

import type { CodeHost, Repository, TreeFile } from '#ports/code-host.ts';
import { PortError } from '#ports/port-error.ts';

import type { Call } from './client.ts';
import { isAnswer } from './failure.ts';

/** Reads of branches, trees and files. Trees and files are asked for by their ids, so they never change. */
export function createContents(
  call: Call,
): Pick<CodeHost, 'branchHead' | 'listFiles' | 'readFile' | 'readPath'> {
  return {
    async branchHead(repository, branch, unless, signal) {
      try {
        return await call(repository, signal, async (octokit, place) => {
          const { data, headers } = await octokit.rest.git.getRef({
            ...place,
            ref: `heads/${branch}`,
            ...(unless !== null && { headers: { 'if-none-match': unless } }),
          });
          return { commit: data.object.sha, tag: headers.etag ?? null };
        });
      } catch (error) {
        if (isAnswer(error, 304)) return null;
        if (!isAnswer(error, 404)) throw error;
        throw missing(`There is no branch ${branch} in ${repository.name}, or it can't be read.`);
      }
    },

    listFiles: (repository, at, signal) => listFiles(call, repository, at, signal),

    readFile: (repository, id, signal) =>
      call(repository, signal, async (octokit, place) => {
        const { data } = await octokit.rest.git.getBlob({ ...place, file_sha: id });
        return Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8');
      }),

    async readPath(repository, { path, ref }, signal) {
      try {
        return await call(repository, signal, async (octokit, place) => {
          const { data } = await octokit.rest.repos.getContent({
            ...place,
            path,
            ...(ref !== null && { ref }),
          });
          if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) {
            throw missing(`${path} of ${repository.name} is no file.`);
          }
          return Buffer.from(data.content, 'base64');
        });
      } catch (error) {
        if (isAnswer(error, 404)) return null;
        throw error;
      }
    },
  };
}

export async function listFiles(
  call: Call,
  repository: Repository,
  { commit, folder }: { commit: string; folder: string },
  signal: AbortSignal,
): Promise<readonly TreeFile[]> {
  return call(repository, signal, async (octokit, place) => {
    let tree = commit;
    for (const name of folder.split('/').filter((part) => part !== '' && part !== '.')) {
      const { data } = await octokit.rest.git.getTree({ ...place, tree_sha: tree });
      const below = data.tree.find((each) => each.path === name && each.type === 'tree');
      if (below?.sha === undefined) return [];
      tree = below.sha;
    }
    const { data } = await octokit.rest.git.getTree({ ...place, tree_sha: tree, recursive: '1' });
    if (data.truncated) throw missing(`${repository.name} has more files than GitHub lists.`);
    // Only what is a file: a symbolic link is one whose content is a path, a submodule a commit.
    return data.tree.flatMap(({ path, sha, size, type, mode }) =>
      type === 'blob' && mode !== '120000' && path !== undefined && sha !== undefined
        ? [{ path, id: sha, size: size ?? 0 }]
        : [],
    );
  });
}

function missing(message: string): PortError {
  return new PortError('github.missing', message, { retry: false });
}

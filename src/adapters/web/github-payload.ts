import { z } from 'zod';

import type { CodeEvent } from '#app/receive-code-event.ts';

import { understand } from './payload.ts';

const repository = z.object({ full_name: z.string().min(1).max(300) });
const Sha = z.string().regex(/^[0-9a-f]{40,64}$/);

const PullRequestPayload = z.object({
  action: z.string(),
  number: z.int().positive(),
  pull_request: z.object({ head: z.object({ sha: Sha }) }),
  repository,
});

const PushPayload = z.object({ ref: z.string(), repository });

const CHECKED = new Set(['opened', 'synchronize', 'reopened']);

type Read = { ok: true; event: CodeEvent | null } | { ok: false; reason: string };

/** What a delivery of GitHub tells us; null where it is of no interest here. */
export function readGitHubPayload(name: string, body: string): Read {
  switch (name) {
    case 'pull_request':
      return readAs(PullRequestPayload, body, ({ action, number, pull_request: pull, ...rest }) =>
        CHECKED.has(action)
          ? {
              kind: 'pullRequest',
              repository: rest.repository.full_name,
              number,
              head: pull.head.sha,
            }
          : null,
      );
    case 'push':
      return readAs(PushPayload, body, ({ ref, ...rest }) =>
        ref.startsWith('refs/heads/')
          ? {
              kind: 'push',
              repository: rest.repository.full_name,
              branch: ref.slice('refs/heads/'.length),
            }
          : null,
      );
    default:
      return { ok: true, event: null };
  }
}

function readAs<T>(
  schema: z.ZodType<T>,
  body: string,
  convert: (payload: T) => CodeEvent | null,
): Read {
  const read = understand(schema, body);
  return read.ok ? { ok: true, event: convert(read.value) } : read;
}

import { z } from 'zod';

const Link = z.object({ number: z.int(), url: z.string() });

/** Where a post-mortem went: its pull request, and an issue for each follow-up. */
export const ExportedPostMortem = z.object({
  pullRequest: Link,
  issues: z.array(Link),
});
export type ExportedPostMortem = z.infer<typeof ExportedPostMortem>;

/** How the newest export stands. `requests` counts them: each is done on its own. */
export type PostMortemExport = { requests: number } & (
  | { status: 'requested' }
  | { status: 'failed'; message: string }
  | { status: 'exported'; exported: ExportedPostMortem }
);

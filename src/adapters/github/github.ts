import type { CodeHost } from '#ports/code-host.ts';

import { createReportCheck } from './check-run.ts';
import { createClient, type ClientDeps } from './client.ts';
import { createPutComment } from './comment.ts';
import { createCompare, createPullRequestsOf } from './comparison.ts';
import { createContents } from './contents.ts';
import { createOpenIssue } from './issue.ts';
import { createProposeFile } from './proposal.ts';
import { createPullRequest } from './pull-request.ts';

/** The `CodeHost` port over GitHub's REST API, of github.com or of a server of one's own. */
export function createGitHub(deps: ClientDeps): CodeHost {
  const client = createClient(deps);
  const { call } = client;
  return {
    ...createContents(call),
    compare: createCompare(call),
    pullRequestsOf: createPullRequestsOf(call),
    pullRequest: createPullRequest(call),
    reportCheck: createReportCheck(call),
    putComment: createPutComment(client),
    proposeFile: createProposeFile(call),
    openIssue: createOpenIssue(client),
  };
}

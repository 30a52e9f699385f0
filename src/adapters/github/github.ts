import type { CodeHost } from '#ports/code-host.ts';
import { scrubbed } from '#ports/scrubbed.ts';

import { createReportCheck } from './check-run.ts';
import { createClient, type ClientDeps } from './client.ts';
import { createPutComment } from './comment.ts';
import { createCompare, createPullRequestsOf } from './comparison.ts';
import { createContents } from './contents.ts';
import { createOpenIssue } from './issue.ts';
import { createProposeFile } from './proposal.ts';
import { createPullRequest } from './pull-request.ts';

/**
 * The `CodeHost` port over GitHub's REST API, of github.com or of a server of one's own. No known
 * secret leaves in what is written.
 */
export function createGitHub(deps: ClientDeps): CodeHost {
  const client = createClient(deps);
  const { call } = client;
  const reportCheck = createReportCheck(call);
  const putComment = createPutComment(client);
  const proposeFile = createProposeFile(call);
  const openIssue = createOpenIssue(client);
  const safe = <T>(value: T): T => scrubbed(value, (text) => deps.secrets.scrub(text));
  return {
    ...createContents(call),
    compare: createCompare(call),
    pullRequestsOf: createPullRequestsOf(call),
    pullRequest: createPullRequest(call),
    reportCheck: (at, report, signal) => reportCheck(at, safe(report), signal),
    putComment: (at, comment, signal) => putComment(at, safe(comment), signal),
    proposeFile: (at, proposal, signal) => proposeFile(at, safe(proposal), signal),
    openIssue: (at, issue, signal) => openIssue(at, safe(issue), signal),
  };
}

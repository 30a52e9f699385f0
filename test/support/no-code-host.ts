import type { CodeHost } from '#ports/code-host.ts';

function absent(): never {
  throw new Error('the code host is not part of this test');
}

/** A code host that no test means to reach. */
export const noCodeHost: CodeHost = {
  compare: absent,
  pullRequestsOf: absent,
  pullRequest: absent,
  branchHead: absent,
  listFiles: absent,
  readFile: absent,
  readPath: absent,
  reportCheck: absent,
  putComment: absent,
  proposeFile: absent,
  openIssue: absent,
};

import type { Chat } from '#ports/chat.ts';
import type { Checks } from '#ports/checks.ts';
import type { Clock } from '#ports/clock.ts';
import type { CodeHost } from '#ports/code-host.ts';
import type { Deploys } from '#ports/deploys.ts';
import type { Directory } from '#ports/directory.ts';
import type { EventStore } from '#ports/event-store.ts';
import type { Flags } from '#ports/flags.ts';
import type { HttpRequests } from '#ports/http-requests.ts';
import type { Ids } from '#ports/ids.ts';
import type { Jobs } from '#ports/jobs.ts';
import type { Log } from '#ports/log.ts';
import type { Pictures } from '#ports/pictures.ts';
import type { Runbooks } from '#ports/runbooks.ts';
import type { Series } from '#ports/series.ts';
import type { Sha256 } from '#ports/sha256.ts';
import type { Tokens } from '#ports/tokens.ts';

/** All that a use case may need. */
export type App = {
  store: EventStore;
  jobs: Jobs;
  chat: Chat;
  checks: Checks;
  series: Series;
  pictures: Pictures;
  deploys: Deploys;
  code: CodeHost;
  flags: Flags;
  httpRequests: HttpRequests;
  directory: Directory;
  tokens: Tokens;
  runbooks: Runbooks;
  clock: Clock;
  ids: Ids;
  sha256: Sha256;
  log: Log;
};

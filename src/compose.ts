import path from 'node:path';

import { type BranchMirror, createBranchMirror } from '#adapters/files/branch/branch-mirror.ts';
import { createRunbookLibrary } from '#adapters/files/runbook-library.ts';
import { createPictures } from '#adapters/pictures/pictures.ts';
import { scrubbedAnswers } from '#adapters/secrets/scrubbed-answers.ts';
import { scrubbedStore } from '#adapters/secrets/scrubbed-store.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { createChat } from '#adapters/slack/chat.ts';
import { createDownload } from '#adapters/slack/download.ts';
import { createNewBlocks } from '#adapters/slack/new-blocks.ts';
import { createSlackApp } from '#adapters/slack/slack-app.ts';
import type { Database } from '#adapters/store/connection.ts';
import { openDatabase } from '#adapters/store/database.ts';
import { embeddedDatabase } from '#adapters/store/embedded-database.ts';
import { createEventStore, sha256 } from '#adapters/store/event-store.ts';
import { createInbox } from '#adapters/store/inbox.ts';
import { createJobs } from '#adapters/store/jobs.ts';
import { queueState } from '#adapters/store/queue-state.ts';
import { createSchedules } from '#adapters/store/schedules.ts';
import { createTokens } from '#adapters/store/tokens.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { systemIds } from '#adapters/system/ids.ts';
import { createLog } from '#adapters/system/log.ts';
import { countedStore } from '#adapters/telemetry/counted-store.ts';
import { createTelemetry, type Telemetry } from '#adapters/telemetry/telemetry.ts';
import { alertmanagerRoutes, grafanaRoutes, pagerDutyRoutes } from '#adapters/web/alert-webhook.ts';
import { githubRoutes } from '#adapters/web/github.ts';
import { metricsRoutes } from '#adapters/web/metrics.ts';
import { createWeb } from '#adapters/web/web.ts';
import { announce } from '#app/announce.ts';
import type { App } from '#app/app.ts';
import { createUseCases } from '#app/create-use-cases.ts';
import { showHomes } from '#app/home/show-homes.ts';
import { keepBranchFresh } from '#app/keep-branch-fresh.ts';
import { keepProof } from '#app/keep-proof.ts';
import { keepMembersFresh } from '#app/kept-members.ts';
import { goThroughNight, startNight } from '#app/nightly.ts';
import { noteSetAside } from '#app/note-set-aside.ts';
import { performEffect } from '#app/perform-effect.ts';
import { givePictures } from '#app/pictures.ts';
import { checkPullRequest } from '#app/pull-request/check-pull-request.ts';
import { receiveCodeEvent } from '#app/receive-code-event.ts';
import { recover } from '#app/recover.ts';
import { runbooksChanged } from '#app/runbooks-changed.ts';
import { keepSchedules, startScheduledRun } from '#app/scheduled-runs.ts';
import { noteChange } from '#app/told-changes.ts';
import type { UseCases } from '#app/use-cases.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Jobs } from '#ports/jobs.ts';
import type { RunbookBranch } from '#ports/runbook-branch.ts';
import type { Schedules } from '#ports/schedules.ts';
import { scrubbed } from '#ports/scrubbed.ts';
import { createReach } from '#src/compose-reach.ts';
import { type GivenToSlack, type Slack, slackOfBot } from '#src/compose-slack.ts';
import { type Config, secretsIn } from '#src/config.ts';
import { examine } from '#src/doctor/examine.ts';
import { createExamine } from '#src/examine-files.ts';
import { version } from '#src/version.ts';

/** A running bot. */
export type Bot = { webUrl: string; slack: 'connected' | 'silent'; close(): Promise<void> };

/** Everything but the entrances and the work: what the bot and a terminal have in common. */
export type Core = AsyncDisposable &
  Slack & {
    app: App;
    useCases: UseCases;
    /** Takes secrets out of a text. */
    scrub: (text: string) => string;
    branch: RunbookBranch;
    database: Database;
    jobs: Jobs;
  };

const drainMs = 10_000;
/** Of the code host, at a start: what is here already has to do soon, where there is anything. */
const branchTimeoutMs = 5_000;
const firstBranchTimeoutMs = 30_000;

/** Opens the database, the runbooks and every adapter. What was opened is closed again when a later part fails. */
export async function openCore(
  config: Config,
  options: {
    /** Called when the runbooks' folder has changed; false: it is not watched. */
    onChange: (() => void) | false;
    slack: (given: GivenToSlack) => Slack;
    telemetry?: Telemetry;
  },
): Promise<Core> {
  await using opened = new AsyncDisposableStack();
  let settings: (() => Settings) | null = null;
  const secrets = createSecrets({
    env: config.env,
    known: secretsIn(config),
    mentioned: () => settings?.().connections ?? null,
  });
  const scrub = (text: string) => secrets.scrub(text);
  const log = createLog({ level: config.logLevel, scrub });

  const { onChange, telemetry } = options;
  let mirror: BranchMirror | null = null;
  const library = await createRunbookLibrary({
    branch: () => mirror?.current() ?? null,
    folder: config.runbooks,
    overlay: config.overlay,
    lastGood: path.join(config.folder, 'last-good.json'),
    ...(onChange === false ? { watch: false } : { onChange }),
    onProblem: (problems) => {
      for (const { file, line, column, severity, rule, message } of problems) {
        log.warn({ file, line, column, severity, rule }, message);
      }
    },
  });
  opened.defer(() => library.close());
  settings = () => library.settings();

  let url = config.databaseUrl;
  let ownerUrl = config.databaseOwnerUrl;
  if (url === null) {
    const embedded = await embeddedDatabase(config.folder, 'handrail');
    opened.defer(() => embedded.close());
    url = embedded.url;
    ownerUrl = embedded.ownerUrl;
  }
  const database = await openDatabase(url, { log, ...(ownerUrl !== null && { ownerUrl }) });
  opened.defer(() => database.close());
  const events = scrubbedStore(createEventStore(database.db), scrub);
  const store = telemetry ? countedStore(events, telemetry) : events;
  const jobs = createJobs({
    database,
    log,
    scrub,
    ...(telemetry && { onJob: telemetry.jobEnded }),
  });
  telemetry?.watchQueue(() => queueState(database.db));

  const reach = createReach({
    settings,
    secrets,
    env: config.env,
    folders: [config.runbooks],
  });
  mirror = createBranchMirror({
    code: reach.code,
    settings,
    folder: config.folder,
    log,
    onChange: async () => {
      await library.reload();
    },
  });
  await mirror.open();
  const patienceMs = mirror.current()?.folder == null ? firstBranchTimeoutMs : branchTimeoutMs;
  await mirror.refresh(AbortSignal.timeout(patienceMs));

  const { gateway, directory } = options.slack({ store, database, settings, log, scrub });
  const app: App = {
    store,
    jobs,
    chat: createChat({
      gateway,
      newBlocks: createNewBlocks({ store, clock: systemClock }),
      download: createDownload({
        token: config.slack.botToken,
        ...(config.slack.apiUrl !== null && { slackApiUrl: config.slack.apiUrl }),
      }),
    }),
    ...reach,
    pictures: createPictures(),
    selfCheck: { run: () => examine(config) },
    directory,
    tokens: createTokens(database.db),
    runbooks: library,
    clock: systemClock,
    ids: systemIds,
    sha256,
    log,
  };
  const parts = opened.move();
  return {
    app,
    useCases: scrubbedAnswers(createUseCases(app), scrub),
    scrub,
    branch: mirror,
    database,
    jobs,
    gateway,
    directory,
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
}

/** Puts the whole product together and starts it. */
export async function startBot(config: Config): Promise<Bot> {
  await using opened = new AsyncDisposableStack();
  let reloaded: (() => void) | null = null;
  const telemetry = createTelemetry(version);
  const core = opened.use(
    await openCore(config, {
      onChange: () => reloaded?.(),
      slack: (given) => slackOfBot(config, { ...given, telemetry }),
      telemetry,
    }),
  );
  const { app, useCases, database, jobs, gateway, directory, scrub } = core;
  const { log } = app;
  const schedules = createSchedules({ database, clock: systemClock });
  reloaded = () => {
    runbooksChanged(app, schedules).catch((error: unknown) => {
      log.error({ error }, 'changed runbooks could not be made known');
    });
  };

  const { slack } = config;
  const inbox = createInbox(database.db, scrub);
  const slackApp = createSlackApp({
    connection: slack.connection,
    gateway,
    directory,
    settings: () => app.runbooks.settings(),
    useCases,
    inbox,
    onChange: (changed) => noteChange(app, changed),
    keptRequests: inbox,
    log,
    ...(slack.apiUrl !== null && { slackApiUrl: slack.apiUrl }),
  });

  const receiveAlert: UseCases['receiveAlert'] = (notification) =>
    useCases.receiveAlert(scrubbed(notification, scrub));
  const web = await createWeb({
    host: config.host,
    port: config.port,
    log,
    databaseAnswers: () => database.answers(),
    onAnswer: telemetry.answered,
    routes: [
      metricsRoutes(telemetry),
      alertmanagerRoutes({ tokens: config.alertmanagerTokens, receiveAlert, log }),
      grafanaRoutes({ tokens: config.grafanaTokens, receiveAlert, log }),
      pagerDutyRoutes({ secrets: config.pagerDutySecrets, receiveAlert, log }),
      githubRoutes({
        secrets: config.githubSecrets,
        receive: (event) => receiveCodeEvent(app, core.branch, event),
        log,
      }),
    ],
  });
  // It is closed last: while what is under way is finished, alerts are still taken.
  opened.defer(() => web.close(drainMs));

  opened.defer(() => jobs.stop(drainMs));
  const refreshing = new AbortController();
  opened.defer(() => refreshing.abort());
  opened.defer(() => slackApp.stop(drainMs));
  // Slack may be silent for a while; what is due does not wait for it.
  const [slackAtStart] = await Promise.all([slackApp.start(), startWork(core, schedules, config)]);
  void keepMembersFresh(app, refreshing.signal);
  void keepBranchFresh(app, core.branch, refreshing.signal);

  const parts = opened.move();
  return {
    webUrl: web.url,
    slack: slackAtStart,
    async close() {
      web.drain();
      await parts.disposeAsync();
    },
  };
}

/** Does what is due, and sees that nothing is missing in the queue. */
async function startWork(
  { app, jobs }: Core,
  schedules: Schedules,
  { runbooks }: Config,
): Promise<void> {
  await jobs.start({
    effect: performEffect(app),
    channel: performEffect(app),
    announce: announce(app),
    picture: givePictures(app),
    home: showHomes(app),
    scheduled: startScheduledRun(app, schedules),
    nightly: startNight(app, schedules),
    night: goThroughNight(app),
    proof: keepProof(app),
    'set-aside': noteSetAside(app),
    pullRequest: checkPullRequest({ ...app, examine: createExamine({ folder: runbooks }) }),
  });
  await recover(app);
  await keepSchedules(app, schedules);
}

import type { Act } from '#app/acts.ts';
import type { App } from '#app/app.ts';
import { createUseCases } from '#app/create-use-cases.ts';
import type { Origin, Reply, UseCases } from '#app/use-cases.ts';
import { bot } from '#domain/ids.ts';
import type { JsonObject } from '#domain/json.ts';
import type { PlanRecord } from '#domain/run/events.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { emptyStream } from '#domain/stream/stream.ts';
import type { PersonRef } from '#ports/chat-messages.ts';
import type { Person } from '#ports/directory.ts';
import { by, byBot, clock, give } from '#test/support/give.ts';
import { playApp } from '#test/support/played/played-app.ts';
import { documentOf, runbookOf, settings } from '#test/support/runbooks.ts';

/**
 * An incident that ana has declared and commands, in which req has asked for a rollback: it waits for
 * approval, and note 1 of the timeline is writer's.
 */
export const incident = 'inc';
export const channel = 'C1';
export const card = '1.1';
const here = { step: 's', visit: 1, run: 'run' };

/** Who there is, by what they are; `unanswered` is somebody of whom Slack says nothing now. */
export const people = {
  colleague: { groups: [] },
  responder: { groups: ['responders'] },
  declarer: { groups: ['declarers'] },
  'token-holder': { groups: ['token-holders'] },
  oncall: { groups: ['payments-oncall'] },
  commander: { groups: [] },
  owner: { groups: ['payments'] },
  writer: { groups: [] },
  requester: { groups: ['responders', 'payments-oncall', 'incident-commanders'] },
  'requester-2': { groups: ['responders', 'payments-oncall', 'incident-commanders'] },
  admin: { groups: [] },
  guest: { groups: Object.keys(settings.groups) },
  unanswered: { groups: Object.keys(settings.groups) },
} as const satisfies Readonly<Record<string, { groups: readonly string[] }>>;

/** Groups may do what; the requester has two accounts. */
export const strict: Partial<Settings> = {
  groups: {
    ...settings.groups,
    declarers: { kind: 'users', users: [] },
    responders: { kind: 'users', users: [] },
    'token-holders': { kind: 'users', users: [] },
  },
  permissions: {
    declare: ['declarers', 'responders'],
    steer: ['responders'],
    redact: null,
    token: ['token-holders'],
  },
  identities: { req: ['requester', 'requester-2'] },
};

const first = { at: clock(0), actor: bot };
const document = documentOf(runbookOf('  - {id: s, title: S, uses: deploys.rollback}'));
const plan: PlanRecord = { kind: 'plan', plan: { to: '1' }, hash: 'h', migrations: [] };

/** What has happened there; the same under all settings. */
const happened = recorded();

function recorded(): readonly JsonObject[] {
  const { events, refused } = give(
    emptyStream(incident),
    {
      ...first,
      type: 'Declare',
      incident,
      title: 'T',
      severity: 'SEV1',
      service: 'checkout',
      environment: 'production',
      drill: false,
      declared: true,
      startedAt: clock(0),
      alert: null,
    },
    { ...first, type: 'ReportChannel', channel, name: 'inc' },
    {
      ...first,
      type: 'AssignRole',
      role: 'commander',
      person: { kind: 'person', id: 'commander', name: 'commander' },
    },
    {
      ...first,
      actor: by('writer').actor,
      type: 'AddNote',
      text: 'card 4111',
      happenedAt: clock(0),
      source: null,
    },
    {
      ...by('requester'),
      type: 'StartRun',
      document,
      called: {},
      inputs: {},
      mode: 'live',
      alert: null,
      waits: false,
    },
    { ...byBot(), ...here, type: 'ReportPlan', preview: false, plan },
  );
  if (refused !== null) throw new Error(refused);
  return events.map((event) => JSON.parse(JSON.stringify(event)));
}

export async function openScene(given: Partial<Settings>) {
  const world = playApp({ settings: given, documents: [document] });
  const app: App = {
    ...world.app,
    directory: {
      person: async (id) => personOf(id),
      members: async () => [],
      groupsOf: async (id, among) => groupsOf(id).filter((group) => among.includes(group)),
      unread: () => [],
    },
    tokens: { keep: async () => {}, find: async () => null, revoke: async () => true },
    ids: { ...world.app.ids, token: () => 'hrt_t' },
  };
  await app.store.append({
    stream: incident,
    expected: 0,
    events: happened,
    jobs: [],
    marks: [
      { scope: 'channel', key: channel, value: incident },
      { scope: 'posted:main', key: incident, value: posted },
    ],
  });
  return { app, useCases: createUseCases(app) };
}

const message = { channel, digest: '', pulse: '', at: clock(0), pinned: false, gone: false };
const posted = {
  messages: {
    card: { ...message, ts: card },
    'approval of oncall': { ...message, channel: 'D1', ts: '2.2' },
  },
  topic: '',
  invited: [],
};

function groupsOf(id: string): readonly string[] {
  return Object.entries(people).find(([who]) => who === id)?.[1].groups ?? [];
}

function personOf(id: string): Person {
  const active = id !== 'guest' && id !== 'unanswered';
  return {
    id,
    name: id,
    active,
    admin: id === 'admin',
    ...(id === 'unanswered' && { unanswered: true }),
  };
}

/** One way to ask for each thing that the table knows, from wherever `origin` is. */
export type Ask = (
  given: { app: App; useCases: UseCases },
  by: PersonRef,
  origin: Origin,
) => Promise<Reply | { kind: string; code?: string }>;

export const asks: Readonly<Record<string, Ask>> = {
  declareIncident: ({ useCases }, who, origin) =>
    useCases.declareIncident({ by: who, origin, values: { title: 'T', severity: 'SEV1' } }),
  incidentStatus: ({ useCases }, who, origin) => useCases.incidentStatus({ by: who, origin }),
  note: ({ useCases }, who, origin) => useCases.note({ by: who, origin, text: 'seen' }),
  setSeverity: ({ useCases }, who, origin) =>
    useCases.setSeverity({ by: who, origin, severity: 'SEV2' }),
  noteMessage: ({ useCases }, who, origin) =>
    useCases.noteMessage({
      by: who,
      origin,
      ask: false,
      message: {
        message: '7.7',
        permalink: null,
        author: null,
        text: 'seen',
        at: clock(0),
        files: [],
      },
    }),
  giveRole: ({ useCases }, who, origin) =>
    useCases.giveRole({ by: who, origin, role: 'scribe', person: who }),
  giveBackRole: ({ useCases }, who, origin) =>
    useCases.giveBackRole({ by: who, origin, role: 'scribe' }),
  sendUpdate: ({ useCases }, who, origin) =>
    useCases.sendUpdate({ by: who, origin, text: 'All is well' }),
  invitePeople: ({ useCases }, who, origin) =>
    useCases.invitePeople({ by: who, origin, people: [who] }),
  setMitigated: ({ useCases }, who, origin) =>
    useCases.setMitigated({ by: who, origin, mitigated: true }),
  correctTimes: ({ useCases }, who, origin) =>
    useCases.correctTimes({ by: who, origin, values: { mitigated: clock(0) } }),
  reopenIncident: ({ useCases }, who, origin) =>
    useCases.reopenIncident({ by: who, origin, values: {} }),
  mergeIncident: ({ useCases }, who, origin) =>
    useCases.mergeIncident({ by: who, origin, into: incident }),
  timeline: ({ useCases }, who, origin) =>
    useCases.timeline({ by: who, origin, filter: { kinds: [], person: null }, page: 0 }),
  filterTimeline: ({ useCases }, who, origin) => useCases.filterTimeline({ by: who, origin }),
  listIncidents: ({ useCases }, who, origin) => useCases.listIncidents({ by: who, origin }),
  resolveIncident: ({ useCases }, who, origin) =>
    useCases.resolveIncident({ by: who, origin, values: { cause: 'c' } }),
  listRunbooks: ({ useCases }, who, origin) => useCases.listRunbooks({ by: who, origin }),
  startRunbook: ({ useCases }, who, origin) =>
    useCases.startRunbook({ by: who, origin, runbook: 'rehearsed', values: {} }),
  runStatus: ({ useCases }, who, origin) => useCases.runStatus({ by: who, origin }),
  stopRun: ({ useCases }, who, origin) =>
    useCases.stopRun({ by: who, origin, values: { reason: 'r' } }),
  viewRun: ({ useCases }, who) => useCases.viewRun({ by: who, run: 'run' }),
  writtenEntries: async ({ useCases }, who) => {
    const entries = await useCases.writtenEntries({ by: who, id: incident });
    return 'kind' in entries ? entries : { kind: 'done' };
  },
  redactEntry: ({ useCases }, who) => useCases.redactEntry({ by: who, id: incident, entry: 4 }),
  issueToken: ({ useCases }, who) => useCases.issueToken({ by: who }),
  openHome: ({ useCases }, who) => useCases.openHome({ by: who }),
  selfCheck: ({ useCases }, who, origin) => useCases.selfCheck({ by: who, origin }),
  revokeToken: ({ useCases }, who) => useCases.revokeToken({ by: who }),
  ...Object.fromEntries(
    acts().map((act) => [
      `press ${act.type}`,
      async ({ app, useCases }: Parameters<Ask>[0], who: PersonRef, origin: Origin) => {
        await app.store.setMark({ scope: 'control', key: 'b', value: { stream: incident, act } });
        const values = { reason: 'r', cause: 'c', step: 's' };
        return useCases.press({ control: 'b', by: who, origin, values });
      },
    ]),
  ),
};

function acts(): readonly Act[] {
  return [
    { type: 'Begin', run: 'run' },
    { type: 'Choose', ...here, option: 'a', needsReason: false },
    { type: 'Answer', ...here },
    { type: 'MarkDone', ...here },
    { type: 'Confirm', ...here, confirmed: true },
    { type: 'Approve', ...here, hash: 'h' },
    { type: 'Reject', ...here, hash: 'h' },
    { type: 'BreakGlass', ...here, hash: 'h' },
    { type: 'ByHand', ...here },
    { type: 'Skip', ...here },
    { type: 'Retry', run: 'run', step: 's' },
    { type: 'Rerun', run: 'run' },
    { type: 'GoTo', run: 'run' },
    { type: 'Stop', run: 'run' },
    { type: 'StartRunbook', runbook: 'rehearsed' },
    { type: 'ListRunbooks' },
    { type: 'TakeCommand' },
    { type: 'Resolve' },
    { type: 'Reopen' },
    { type: 'SendUpdate' },
    { type: 'Snooze', reminder: 0, minutes: 30 },
    { type: 'Join' },
    { type: 'Follow' },
    { type: 'ExportPostMortem' },
    { type: 'TakeSuggestion' },
    { type: 'DismissSuggestion' },
  ];
}

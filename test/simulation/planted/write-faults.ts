import type { Fault } from './fault.ts';

const twice = 'nothing is written twice';
const recorded = 'what is written is on record';
const apart = 'attempts keep apart';
const alone = 'no write without a second person';
const told = 'the record says what became of a write';
const plans = 'no plan outlives its time';
const rights = 'who may do nothing does nothing';
const lossy = { loses: 0.1, losesAnswers: 0.3, slows: 0 };
const slow = { loses: 0, losesAnswers: 0, slows: 1 };
const keyless = { honoursKeys: false, refuses: 0, fails: 0, lates: 0, lateMs: 1_000 };
const late = { honoursKeys: true, refuses: 0, fails: 0, lates: 0.8, lateMs: 20_000 };

/** Of writes, and of who may do what. */
export const writeFaults: readonly Fault[] = [
  {
    name: 'forget the key: each attempt has another',
    seed: 1,
    file: 'app/write.ts',
    says: "key: 'key' in state ? state.key : '',",
    instead: "key: 'key' in state ? `${state.key}/${state.attempt}` : '',",
    weather: { runbook: 'rollback-first', platform: lossy, manners: late, byHand: 'nothing' },
    caughtBy: [twice, recorded],
  },
  {
    name: 'drop the fence: whoever comes sends',
    seed: 2,
    file: 'app/write.ts',
    says: "return executed.kind === 'done' && executed.events.length > 0;",
    instead: 'return executed !== null;',
    weather: { runbook: 'hook', doubles: 1 },
    caughtBy: [twice],
  },
  {
    name: 'the own clock in a lease: wait from when one looks, and not to when the other may still send',
    seed: 1,
    file: 'app/write.ts',
    says: 'const sentBy = Date.parse(state.sendBy) + marginMs;',
    instead: 'const sentBy = app.clock.now().getTime() + marginMs;',
    also: {
      file: 'domain/run/decide-report.ts',
      says: 'attempt === write.attempt + 1 && turn.at > write.sendBy;',
      instead: 'attempt === write.attempt + 1;',
    },
    weather: {
      runbook: 'rollback-first',
      platform: slow,
      manners: { ...keyless, lateMs: 2_500 },
      doubles: 1,
      foulMs: 60_000,
    },
    caughtBy: [apart],
  },
  {
    name: 'send again where nobody can be asked',
    seed: 28,
    file: 'app/writes/http-request.ts',
    says: 'lookUp: null,',
    instead: 'lookUp: async () => null,',
    weather: { runbook: 'hook', platform: lossy },
    caughtBy: [twice],
  },
  {
    name: 'treat unknown as failed',
    seed: 1,
    file: 'app/write.ts',
    says: "return ended('unknown', 'It can not be told",
    instead: "return ended('failed', 'It can not be told",
    weather: { runbook: 'rollback-first', manners: keyless, byHand: 'nothing' },
    caughtBy: [told],
  },
  {
    name: 'take a lost answer for a success',
    seed: 30,
    file: 'app/write.ts',
    says: "'unknown',\n      'It was sent and no answer came;",
    instead: "'succeeded',\n      'It was sent and no answer came;",
    weather: { runbook: 'hook', platform: lossy },
    caughtBy: [told],
  },
  {
    name: 'approve your own',
    seed: 76,
    file: 'domain/run/decide-people.ts',
    says: "if (isSame(turn, request.requester)) {\n    return refuse(\n      'run.own-request'",
    instead: "if (request.required < 0) {\n    return refuse(\n      'run.own-request'",
    weather: { runbook: 'choice' },
    caughtBy: [alone],
  },
  {
    name: 'let anybody approve',
    seed: 20,
    file: 'domain/run/decide-people.ts',
    says: "if (!request.groups.some((group) => command.groups.includes(group))) {\n    return refuse('run.not-in-group', `Only ${whoMay(request)} may approve this.`);",
    instead:
      "if (request.required < 0) {\n    return refuse('run.not-in-group', `Only ${whoMay(request)} may approve this.`);",
    weather: { runbook: 'rollback-first', mischief: 0.3 },
    caughtBy: [rights, alone],
  },
  {
    name: 'count one person for two',
    seed: 2,
    file: 'domain/run/decide-people.ts',
    says: 'const twice = request.approvedBy.find((one) => isSame(turn, one));',
    instead: 'const twice = request.approvedBy.find(() => false);',
    weather: { runbook: 'two-people' },
    caughtBy: [alone],
  },
  {
    name: 'approve the plan that stood there before',
    seed: 22,
    file: 'domain/run/decide-people.ts',
    says: 'if (visit.write.plan.hash !== at.hash) {',
    instead: "if (visit.write.plan.hash === '') {",
    weather: { runbook: 'rollback-first', byHand: 'deploy', mischief: 0.4 },
    caughtBy: [alone],
  },
  {
    name: 'let anybody break the glass',
    seed: 27,
    file: 'domain/run/decide-people.ts',
    says: 'const atOnce = request.breakGlass.some((group) => command.groups.includes(group));',
    instead: 'const atOnce = request.breakGlass.length > 0;',
    weather: { runbook: 'two-people', mischief: 0.3 },
    caughtBy: [rights, alone],
  },
  {
    name: 'break the glass in silence',
    seed: 7,
    file: 'app/read-models/notices.ts',
    says: "case 'GlassBroken':\n      return say(",
    instead: "case 'GlassBroken':\n      return event.hash !== '' ? [] : say(",
    weather: { runbook: 'two-people' },
    caughtBy: [alone],
  },
  {
    name: 'act for a guest',
    seed: 4,
    file: 'app/authorise.ts',
    says: 'if (!person.active) {',
    instead: "if (person.id === '') {",
    weather: { mischief: 0.4 },
    caughtBy: [rights],
  },
  {
    name: 'go on with a plan that has expired',
    seed: 3,
    file: 'domain/run/effects.ts',
    says: '    ...expiries(run, visit),\n',
    instead: '',
    weather: { awayMs: 16 * 60_000, runbook: 'two-people' },
    caughtBy: [plans],
  },
  {
    name: 'let several writes go side by side',
    seed: 56,
    file: 'app/execute.ts',
    says: 'queue: `write:${effect.service}/${effect.environment}`,',
    instead: 'queue: `write:${effect.id}`,',
    weather: { runbook: 'rollback-first', second: 'atOnce' },
    caughtBy: [twice],
  },
];

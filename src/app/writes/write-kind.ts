import type { App } from '#app/app.ts';
import type { JsonObject } from '#domain/json.ts';
import type { WriteOutcome } from '#domain/run/commands.ts';
import type { RunMode } from '#domain/runbook/runbook.ts';

/** What writes reach. */
export type WriteDeps = Pick<
  App,
  'clock' | 'code' | 'deploys' | 'flags' | 'httpRequests' | 'log'
> & { runbooks: Pick<App['runbooks'], 'settings'> };

/** A write as a step asks for it: no `${{ }}` is left in `with`. */
export type WriteRequest = {
  uses: string;
  with: JsonObject;
  service: string;
  environment: string;
  mode: RunMode;
  /** When the incident (or the run) began, ISO. */
  startedAt: string;
};

export type Planned =
  | {
      kind: 'plan';
      plan: JsonObject;
      /** The part of the plan that an approval binds to: without ages, times and links. */
      bound: JsonObject;
      /** What makes the way back dangerous; asks for a reason and takes the recommendation away. */
      migrations: readonly string[];
    }
  | { kind: 'notNeeded' | 'noTarget'; message: string };

/** A write on its way: what was approved, the key that makes it happen once, and a word for the log over there. */
export type Sending = { request: WriteRequest; plan: JsonObject; key: string; reason: string };

/** How a write stands at whoever does it. */
export type Standing =
  | { kind: 'ended'; outcome: WriteOutcome; message: string; result: JsonObject }
  | {
      kind: 'underWay';
      message: string;
      result: JsonObject;
      look(signal: AbortSignal): Promise<Standing>;
    };

/**
 * One kind of write. A new one is a file like its neighbours and a line in `registry.ts`. Whatever
 * it can't find out is a PortError, whose `retry` says that nothing is known.
 */
export type WriteKind = {
  uses: string;
  /**
   * What the write would do as the world is at this moment. With `approved` it plans what was
   * approved again: another plan than that one means that the world has changed.
   */
  plan(
    deps: WriteDeps,
    request: WriteRequest,
    approved: JsonObject | null,
    signal: AbortSignal,
  ): Promise<Planned>;
  /** Begins it, once for a key. A PortError with `retry` means that it may have begun. */
  send(deps: WriteDeps, sending: Sending, signal: AbortSignal): Promise<Standing>;
  /**
   * What has become of a write that may have been sent; null where nothing has. Null in place of
   * the function where nobody can be asked: a lost answer is then `unknown`, and never sent again.
   */
  lookUp:
    | ((deps: WriteDeps, sending: Sending, signal: AbortSignal) => Promise<Standing | null>)
    | null;
  /** A plan of this kind for people. */
  words(plan: JsonObject): PlanWords;
};

/** `from` and `to` are empty where a plan has no ends. */
export type PlanWords = {
  /** `Roll back checkout`. */
  what: string;
  from: string;
  to: string;
  /** Goes on after the place: `from build 1842 to 1841`. */
  change: string;
  /** Beside the label of the option that leads to it, where there is room: `1842 → 1841`. */
  short: string;
  /** On the button that approves it, in at most 24 characters. */
  approve: string;
  details: readonly string[];
  warnings: readonly string[];
};

export function ended(outcome: WriteOutcome, message: string, result: JsonObject = {}): Standing {
  return { kind: 'ended', outcome, message, result };
}

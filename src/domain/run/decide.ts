import type { Turn } from '#domain/stream/turn.ts';

import type { RunCommand } from './commands.ts';
import {
  answer,
  approve,
  beginRun,
  breakGlass,
  choose,
  confirm,
  markDone,
  reject,
} from './decide-people.ts';
import {
  beginWrite,
  escalate,
  expirePlan,
  reportDeclared,
  reportMeasurement,
  reportPlan,
  reportProgress,
  reportSeries,
  reportWrite,
  timeOut,
} from './decide-report.ts';
import { byHand, goToStep, rerun, retry, skip, startRun, stop } from './decide-steer.ts';
import { over, refuse, type Refusal } from './refusals.ts';

/** Answers whether a command may change a run, and by which events of the turn. */
export function decideRun(turn: Turn, command: RunCommand): Refusal {
  if (command.type === 'StartRun') return startRun(turn, command);
  const run = turn.stream().runs[command.run];
  if (run === undefined) return refuse('run.unknown', 'There is no such run here.');
  if (run.end !== null) return over(run);

  switch (command.type) {
    case 'Begin':
      return beginRun(turn, command);
    case 'ReportMeasurement':
      return reportMeasurement(turn, command);
    case 'ReportSeries':
      return reportSeries(turn, command);
    case 'ReportPlan':
      return reportPlan(turn, command);
    case 'BeginWrite':
      return beginWrite(turn, command);
    case 'ReportProgress':
      return reportProgress(turn, command);
    case 'ReportWrite':
      return reportWrite(turn, command);
    case 'ReportDeclared':
      return reportDeclared(turn, command);
    case 'Choose':
      return choose(turn, command);
    case 'Answer':
      return answer(turn, command);
    case 'MarkDone':
      return markDone(turn, command);
    case 'Confirm':
      return confirm(turn, command);
    case 'Approve':
      return approve(turn, command);
    case 'Reject':
      return reject(turn, command);
    case 'BreakGlass':
      return breakGlass(turn, command);
    case 'ByHand':
      return byHand(turn, command);
    case 'Skip':
      return skip(turn, command);
    case 'Rerun':
      return rerun(turn, command);
    case 'GoTo':
      return goToStep(turn, command);
    case 'Retry':
      return retry(turn, command);
    case 'Stop':
      return stop(turn, command);
    case 'Escalate':
      return escalate(turn, command);
    case 'TimeOut':
      return timeOut(turn, command);
    case 'ExpirePlan':
      return expirePlan(turn, command);
    default:
      return command satisfies never;
  }
}

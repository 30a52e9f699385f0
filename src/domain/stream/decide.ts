import type { IncidentCommand } from '#domain/incident/commands.ts';
import { decideIncident } from '#domain/incident/decide.ts';
import type { RunCommand } from '#domain/run/commands.ts';
import { decideRun } from '#domain/run/decide.ts';
import type { Settings } from '#domain/runbook/settings.ts';

import type { Stream } from './stream.ts';
import { accepted, beginTurn, type Decision } from './turn.ts';

export type Command = RunCommand | IncidentCommand;

/**
 * Answers whether a command may change the stream, and by which events. Pure: the same command on
 * the same stream under the same settings is the same answer. A refusal is a normal answer, since
 * two people who press the same button within a second are the usual case in an incident.
 */
export function decide(command: Command, stream: Stream, settings: Settings): Decision {
  const turn = beginTurn(stream, { at: command.at, actor: command.actor, settings });
  const refusal = 'run' in command ? decideRun(turn, command) : decideIncident(turn, command);
  return refusal === null ? accepted(turn) : { accepted: false, rejection: refusal };
}

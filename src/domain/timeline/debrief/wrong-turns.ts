import { optionsOf } from '#domain/run/options.ts';
import { recommendedOptions } from '#domain/run/recommend.ts';
import { findStep, isWrite } from '#domain/run/structure.ts';
import { writtenText } from '#domain/timeline/sentence.ts';

import type { Turn } from './turns.ts';

/** An act that led nowhere, and what shows that it did. */
export type WrongTurn = { at: string; who: string; what: string; why: string };

/**
 * Choices against what the evidence recommended at that moment, rejections, writes that were not
 * needed, and writes after which the check that was watched did not become well.
 */
export function wrongTurnsOf(all: readonly Turn[]): WrongTurn[] {
  const turns: WrongTurn[] = [];
  /** By run, the write whose effect is being watched. */
  const written = new Map<string, { who: string; title: string }>();

  for (const { event, before } of all) {
    if (!('step' in event)) continue;
    const run = before.runs[event.run];
    const step = run && findStep(run.document.runbook, event.step);
    if (!run || !step) continue;
    const { at, actor } = event;

    if (event.type === 'Chosen') {
      const options = optionsOf(step);
      const recommended = recommendedOptions(run, before.incident, step.id, at);
      if (recommended.length === 0 || recommended.includes(event.option)) continue;
      const labels = recommended.map((id) => options[id]?.label ?? id).join(' or ');
      const what = `Chose ${options[event.option]?.label ?? event.option}`;
      turns.push({ at, who: actor.name, what, why: `The evidence recommended ${labels}` });
    }
    if (event.type === 'Rejected') {
      const why = writtenText(event.texts, 'reason') ?? 'No reason was given';
      turns.push({ at, who: actor.name, what: `Rejected: ${step.title}`, why });
    }
    if (event.type !== 'StepFinished') continue;

    const who = run.steps[step.id]?.enteredBy.name ?? actor.name;
    if (isWrite(step)) {
      if (event.outcome === 'notNeeded') {
        turns.push({ at, who, what: step.title, why: `Not needed: ${event.finding}` });
      }
      if (event.outcome === 'succeeded') written.set(run.id, { who, title: step.title });
      continue;
    }
    const write = written.get(run.id);
    if (step.watch === null || event.verdict === null || write === undefined) continue;
    written.delete(run.id);
    if (event.verdict === 'pass') continue;
    const why = `It did not help: ${step.title}: ${event.finding}`;
    turns.push({ at, who: write.who, what: write.title, why });
  }
  return turns;
}

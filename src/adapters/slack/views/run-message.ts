import type { types } from '@slack/bolt';

import { LIMITS } from '#adapters/slack/limits.ts';
import { mrkdwn, mrkdwnLine, personName, plainText } from '#adapters/slack/mrkdwn.ts';
import { span, timeOfDay } from '#adapters/slack/slack-time.ts';
import type { Picture, Question, RunMessage, StepLine } from '#ports/chat-messages.ts';

import { context, controls, fit, section, type SlackMessage, textLength } from './blocks.ts';
import { evidenceTable, shownEvidence } from './evidence-table.ts';
import { heldText } from './held.ts';
import { planText } from './plan.ts';
import { recordLine } from './record-line.ts';
import { stepText } from './step-lines.ts';
import { stepPlan } from './step-tasks.ts';

/** `plain`: for a workspace that does not take Slack's newer blocks. */
export type BlockStyle = 'rich' | 'plain';

const MOST_OPTIONS = 6;
const MOST_ANSWERS = 12;
const MOST_STEERING = 8;

const STATUS: Record<RunMessage['status'], string> = {
  running: '🔄 Running',
  waiting: '🟡 Waiting for you',
  succeeded: '✔️ Finished',
  failed: '❌ Failed',
  stopped: '⏹️ Stopped',
};

/**
 * The living message of a run: what is recommended, the evidence, the steps, then what to press. On a
 * phone the last screen is the question, so old findings give way first and the question never does.
 */
export function runMessage(run: RunMessage, style: BlockStyle): SlackMessage {
  const title = mrkdwnLine(run.title, 150);
  const asked = run.question === null ? '' : ` ${mrkdwnLine(run.question.title, 150)}`;
  const head = [...heading(run, title), ...advice(run.question)];
  const tail = [
    ...(run.question === null ? [] : question(run.question)),
    ...controls(run.steering, MOST_ANSWERS, MOST_STEERING),
    ...(run.record === null ? [] : [context(recordLine(run.record))]),
  ];
  return {
    text: `${title}: ${STATUS[run.status]}.${asked}`,
    blocks:
      style === 'plain'
        ? fit(
            head,
            run.steps.map((step) => section(stepText(step))),
            [...picture(run.picture), ...tail],
          )
        : rich(run, head, tail),
  };
}

/** Slack's own table of what was found, and its plan of what is and was done; no step is in both. */
function rich(
  run: RunMessage,
  head: types.KnownBlock[],
  tail: types.KnownBlock[],
): types.KnownBlock[] {
  const found = shownEvidence(run.evidence);
  const steps = run.steps.filter((step) => !found.some(({ id }) => id === step.id));
  const onlyAsks = steps.every(({ id }) => id === run.question?.step);
  const drawn = (withFindings: number): types.KnownBlock[] => [
    ...head,
    ...(found.length === 0 ? [] : [evidenceTable(found)]),
    ...picture(run.picture),
    ...(onlyAsks ? [] : [stepPlan(planTitle(run), steps, withFindings)]),
    ...run.steps.flatMap(watching),
    ...tail,
  ];
  for (let findings = steps.length; findings > 0; findings -= 1) {
    const blocks = drawn(findings);
    if (textLength(blocks) <= LIMITS.messageText) return blocks;
  }
  return drawn(0);
}

function planTitle(run: RunMessage): string {
  const now = run.steps.filter(({ mark }) => mark === 'running' || mark === 'waiting');
  const [first] = now;
  const word = STATUS[run.status].replace(/^\S+ /, '');
  if (run.endedAt !== null) return `${word} after ${span(run.startedAt, run.endedAt)}`;
  return first === undefined ? word : `Now: ${first.title}`;
}

function picture(of: Picture | null): types.KnownBlock[] {
  if (of === null) return [];
  const alt = plainText(of.alt, LIMITS.altText);
  return [{ type: 'image', slack_file: { id: of.file }, alt_text: alt === '' ? '…' : alt }];
}

function watching(step: StepLine): types.KnownBlock[] {
  if (step.holds === null) return [];
  const found = step.text === '' ? '' : ` · ${mrkdwnLine(step.text, 200)}`;
  return [section(`*${mrkdwnLine(step.title, 150)}*${found}\n${heldText(step.holds)}`)];
}

/** What the evidence speaks for stands on top; a person who reads no further knows what to do. */
function advice(asked: Question | null): types.KnownBlock[] {
  const options = asked?.options.filter(({ recommended }) => recommended) ?? [];
  const [first] = options;
  if (asked?.tooOld === true) {
    return [section('🕓 *Nothing is recommended: the evidence is old.* Check again first.')];
  }
  if (first === undefined) return [];
  if (options.length > 1) {
    const labels = options.map(({ label }) => mrkdwnLine(label, 40)).join(' or ');
    return [section(`👉 *Recommended: ${labels}*`)];
  }
  // As it stands on what is to be pressed.
  const label =
    asked?.buttons.find(({ control }) => control === first.control)?.label ?? first.label;
  const why = first.detail === '' ? '' : `\n${mrkdwnLine(first.detail, 150)}`;
  return [section(`👉 *Recommended: ${mrkdwnLine(label, 80)}*${why}`)];
}

function heading(run: RunMessage, title: string): types.KnownBlock[] {
  const ran = run.endedAt === null ? '' : ` · took ${span(run.startedAt, run.endedAt)}`;
  return [
    section(`*${title}*\n${STATUS[run.status]}${ran}${modeLine(run.mode)}`),
    context(
      `${mrkdwnLine(run.runbook, 80)} @ ${mrkdwnLine(run.revision, 40)} · started by ` +
        `${personName(run.startedBy)} ${timeOfDay(run.startedAt)}` +
        (run.newerVersion === null ? '' : ` · ${mrkdwnLine(run.newerVersion, 100)}`),
    ),
  ];
}

function modeLine(mode: RunMessage['mode']): string {
  switch (mode) {
    case 'live':
      return '';
    case 'dryRun':
      return ' · *Dry run: nothing will be changed*';
    case 'drill':
      return ' · *Drill*';
    default:
      return mode satisfies never;
  }
}

function question(asked: Question): types.KnownBlock[] {
  const options = asked.options.toSorted((a, b) => Number(b.recommended) - Number(a.recommended));
  const advised = options.filter(({ recommended }) => recommended).length === 1;
  const planned = options.find((option) => option.plan !== null);
  const plan = asked.plan ?? planned?.plan ?? null;
  const lines = [
    `*${mrkdwnLine(asked.title, 150)}*`,
    mrkdwn(asked.text, 600),
    asked.why === null ? '' : `_${mrkdwnLine(asked.why, 200)}_`,
    ...options.slice(0, MOST_OPTIONS).map((option) => optionLine(option, advised)),
  ];

  return [
    { type: 'divider' },
    section(lines.filter((line) => line !== '').join('\n')),
    ...(plan === null ? [] : [section(planText(plan))]),
    ...controls(asked.buttons, 0, MOST_ANSWERS),
    context(`${mrkdwnLine(asked.who, 150)} · asked ${timeOfDay(asked.since)}`),
  ];
}

/** `advised`: why the recommended one is recommended stands on top. */
function optionLine(option: Question['options'][number], advised: boolean): string {
  const label = mrkdwnLine(option.label, 40);
  const isSaid = option.detail === '' || (advised && option.recommended);
  const detail = isSaid ? '' : `: ${mrkdwnLine(option.detail, 100)}`;
  return option.recommended ? `👉 *${label}* (recommended)${detail}` : `• ${label}${detail}`;
}

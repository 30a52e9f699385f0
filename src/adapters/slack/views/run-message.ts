import type { types } from '@slack/bolt';

import { mrkdwn, mrkdwnLine, personName } from '#adapters/slack/mrkdwn.ts';
import { span, timeOfDay } from '#adapters/slack/slack-time.ts';
import type { Question, RunMessage } from '#ports/chat-messages.ts';

import { context, controls, fit, section, type SlackMessage } from './blocks.ts';
import { planText } from './plan.ts';
import { stepText } from './step-lines.ts';

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
 * The living message of a run: the evidence so far, then what to press. On a phone the last screen
 * is the question, so the oldest evidence gives way first and the question never does.
 */
export function runMessage(run: RunMessage): SlackMessage {
  const title = mrkdwnLine(run.title, 150);
  const asked = run.question === null ? '' : ` ${mrkdwnLine(run.question.title, 150)}`;

  return {
    text: `${title}: ${STATUS[run.status]}.${asked}`,
    blocks: fit(
      heading(run, title),
      run.steps.map((step) => section(stepText(step))),
      [
        ...(run.question === null ? [] : question(run.question)),
        ...controls(run.steering, MOST_ANSWERS, MOST_STEERING),
      ],
    ),
  };
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
  const planned = options.find((option) => option.plan !== null);
  const plan = asked.plan ?? planned?.plan ?? null;
  const lines = [
    `*${mrkdwnLine(asked.title, 150)}*`,
    mrkdwn(asked.text, 600),
    asked.why === null ? '' : `_${mrkdwnLine(asked.why, 200)}_`,
    ...options.slice(0, MOST_OPTIONS).map(optionLine),
  ];

  return [
    { type: 'divider' },
    section(lines.filter((line) => line !== '').join('\n')),
    ...(plan === null ? [] : [section(planText(plan))]),
    ...controls(asked.buttons, 0, MOST_ANSWERS),
    context(`${mrkdwnLine(asked.who, 150)} · asked ${timeOfDay(asked.since)}`),
  ];
}

function optionLine(option: Question['options'][number]): string {
  const label = mrkdwnLine(option.label, 40);
  const detail = option.detail === '' ? '' : `: ${mrkdwnLine(option.detail, 100)}`;
  return option.recommended ? `👉 *${label}* (recommended)${detail}` : `• ${label}${detail}`;
}

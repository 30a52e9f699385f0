import { readdirSync, readFileSync } from 'node:fs';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sentence } from '#adapters/slack/answer.ts';
import { briefMessage } from '#adapters/slack/views/brief.ts';
import { formModal } from '#adapters/slack/views/form-modal.ts';
import {
  incidentMenu,
  incidentUsage,
  runbookMenu,
  runbookUsage,
  usageMessage,
} from '#adapters/slack/views/menu.ts';

import { isModalTakenBySlack, isTakenBySlack } from './block-rules.ts';
import { many, text } from './monsters.ts';
import { monstrousForm } from './monstrous-answers.ts';

/** Where the whole views, that Slack is sent, are held under its limits; a part of a view is held with it. */
const heldIn: Readonly<Record<string, readonly string[]>> = {
  'messages.test.ts': ['drawMessage'],
  'home.test.ts': ['homeView'],
  'runbook-list.test.ts': ['runbookListMessage'],
  'answers.test.ts': ['incidentListMessage', 'timelineMessage'],
  'every-view.test.ts': [
    'briefMessage',
    'formModal',
    'incidentMenu',
    'runbookMenu',
    'usageMessage',
    'sentence',
  ],
};

const folder = new URL('../../../../src/adapters/slack/', import.meta.url);
const views = readdirSync(new URL('views/', folder));

/** The functions that answer with a whole view, but for those that draw one kind of message for `drawMessage`. */
function wholeViews(): string[] {
  const drawn = sourceOf('views/message.ts');
  const whole =
    /^export function (\w+)\((?:(?!\n\}\n)[^])*?\): (?:SlackMessage \{|types\.ModalView|\{ type: 'home')/gm;
  return [...views.map((file) => `views/${file}`), 'answer.ts', 'whisper.ts']
    .flatMap((file) => [...sourceOf(file).matchAll(whole)].map(([, name = '']) => name))
    .filter((name) => name === 'drawMessage' || !drawn.includes(`${name}(`));
}

function sourceOf(file: string): string {
  return readFileSync(new URL(file, folder), 'utf8');
}

const commands = fc.record({ incident: text, runbook: text });
const origin = fc.record({ channel: fc.option(text), message: fc.option(text) });

describe('each view', () => {
  it('is held under Slack’s limits by a test that tries it', () => {
    expect(wholeViews().toSorted()).toEqual(Object.values(heldIn).flat().toSorted());
    for (const [file, names] of Object.entries(heldIn)) {
      const test = readFileSync(new URL(file, import.meta.url), 'utf8');
      for (const name of names) {
        expect(test).toMatch(new RegExp(String.raw`fc\.property[^]*${name}\(`));
      }
    }
  });

  it('of a command’s menu, of its usage and of an answer in words is taken by Slack', () => {
    fc.assert(
      fc.property(commands, origin, text, (names, place, problem) => {
        expect(incidentMenu(names, place)).toSatisfy(isTakenBySlack);
        expect(runbookMenu(names, place)).toSatisfy(isTakenBySlack);
        expect(usageMessage(problem, incidentUsage(names))).toSatisfy(isTakenBySlack);
        expect(usageMessage(problem, runbookUsage(names))).toSatisfy(isTakenBySlack);
        expect(sentence(problem)).toSatisfy(isTakenBySlack);
      }),
    );
  });

  it('of how it stands, in private, is taken by Slack', () => {
    fc.assert(
      fc.property(many(fc.record({ label: text, text })), (lines) => {
        expect(briefMessage(lines)).toSatisfy(isTakenBySlack);
      }),
    );
  });

  it('of a form is taken by Slack, whatever a runbook asks for', () => {
    fc.assert(
      fc.property(monstrousForm, (form) => {
        expect(formModal(form, '{}')).toSatisfy(isModalTakenBySlack);
      }),
      { numRuns: 300 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { homeView } from '#adapters/slack/views/home.ts';
import type { Home } from '#ports/home.ts';

import { isTakenBySlack } from './block-rules.ts';
import { buttonsOf, textOf } from './drawn.ts';
import { monstrousHome } from './monstrous-home.ts';
import { ana, at, plan } from './sample-run.ts';

const quiet: Home = {
  incidents: [],
  approvals: [],
  runbooks: { runbooks: [], files: [] },
  postMortems: [],
  selfCheck: null,
};
const runbook = {
  id: 'checkout-bad-gateway-url',
  title: 'Checkout returns 5xx',
  service: 'checkout',
  owner: 'payments',
  revision: 'abc1234',
  findings: { errors: 0, warnings: 0 },
  review: { reviewed: '2026-11-22', due: '2027-02-20', overdue: false },
  proof: { at, how: 'live', older: null },
  attention: [],
} as const;
const busy: Home = {
  ...quiet,
  incidents: [
    {
      incident: 'inc-1',
      title: 'Checkout fails',
      severity: 'SEV1',
      drill: false,
      channel: 'C1',
      commander: ana,
      startedAt: at,
      step: 'Decide',
      next: 'Any responder: Roll back 1842 → 1841',
      roles: ['scribe'],
    },
    {
      incident: 'inc-2',
      title: 'Search is slow',
      severity: 'SEV3',
      drill: true,
      channel: null,
      commander: null,
      startedAt: at,
      step: 'Is it slow',
      next: null,
      roles: [],
    },
  ],
  approvals: [
    {
      title: 'Roll back checkout',
      incident: 'Checkout fails',
      channel: 'C1',
      requester: ana,
      since: at,
      plan,
      buttons: [{ control: 'approve', label: 'Approve', style: 'primary', confirm: null }],
    },
  ],
  runbooks: {
    runbooks: [
      { ...runbook, id: 'fine', title: 'Fine' },
      { ...runbook, attention: ['Its review has been due since 2026-11-01.'] },
    ],
    files: [],
  },
  postMortems: [
    {
      incident: 'inc-0',
      title: 'Mail is late',
      severity: 'SEV2',
      drill: false,
      channel: 'C0',
      startedAt: at,
      resolvedAt: '2026-11-24T14:16:00.000Z',
      links: [{ label: 'Post-mortem #7', url: 'https://git.example/7' }],
      state: '',
    },
  ],
};

describe('App Home', () => {
  it('says what waits for the person first, then what is open, then what there is', async () => {
    const text = textOf(homeView(busy, at));

    await expect(`${text}\n`).toMatchFileSnapshot('./home.txt');
    expect(buttonsOf(homeView(busy, at))[0]).toBe('approve');
  });

  it('of a quiet day says so, and offers to declare an incident', () => {
    const text = textOf(homeView(quiet, at));

    expect(text).toContain('No incident is open');
    expect(text).toContain('Declare an incident');
    expect(text).not.toContain('approval');
    expect(text).not.toContain('Self-check');
  });

  it('shows admins the self-check: never made, and with its problems first', () => {
    const findings = [
      { area: 'database', status: 'ok', text: 'answers' },
      { area: 'slack scopes', status: 'problem', text: 'missing: files:write' },
    ] as const;
    const many = Array.from({ length: 45 }, () => findings[0]);

    expect(textOf(homeView({ ...quiet, selfCheck: { last: null } }, at))).toContain('for admins');
    expect(textOf(homeView({ ...quiet, selfCheck: { last: { at, findings } } }, at))).toMatch(
      /1 problem, .*\n🔴 \*slack scopes\* missing: files:write\n🟢 \*database\* answers/,
    );
    expect(
      textOf(homeView({ ...quiet, selfCheck: { last: { at, findings: many } } }, at)).match(
        /🟢 \*database|and 5 more: handrail doctor tells all/g,
      ),
    ).toHaveLength(41);
  });

  it('is taken by Slack and misleads nobody, whatever there is', () => {
    fc.assert(
      fc.property(monstrousHome, (home) => {
        const { blocks } = homeView(home, at);
        expect(blocks.length).toBeLessThanOrEqual(100);
        expect(JSON.stringify(blocks).length).toBeLessThan(250_000);
        // The rules are those of a message, which is smaller: they are asked in pieces.
        const others = blocks.filter(({ type }) => type !== 'header');
        for (let from = 0; from < others.length; from += 4) {
          const piece = { text: 'x', blocks: others.slice(from, from + 4) };
          expect(piece).toSatisfy(isTakenBySlack);
        }
        const headers = blocks.filter(({ type }) => type === 'header');
        z.array(z.object({ text: z.object({ text: z.string().min(1).max(150) }) })).parse(headers);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps the buttons of several approvals apart', () => {
    const buttons = ['a', 'b', 'c'].map((control) => ({
      control,
      label: control,
      style: null,
      confirm: null,
    }));
    const approvals = busy.approvals.flatMap((one) =>
      Array.from({ length: 4 }, () => ({ ...one, buttons })),
    );
    const drawn = JSON.stringify(homeView({ ...quiet, approvals }, at));
    const ids = [...drawn.matchAll(/"action_id":"([^"]*)"/g)].map(([, id]) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });
});

import { expect, it } from 'vitest';

import type { Debrief } from '#domain/timeline/debrief/debrief.ts';
import { debriefLines, debriefMarkup } from '#src/practice-debrief-text.ts';

const at = '2026-11-30T10:00:00.000Z';
const debrief: Debrief = {
  faultAt: at,
  found: [
    {
      at,
      seconds: 3.04,
      runbook: 'checkout-bad-gateway-url',
      check: 'gateways[api.gateway-b.example].tls',
      title: 'Are the gateways healthy',
      finding: '<!channel> *refused*',
    },
  ],
  wrongTurns: [],
  times: { detect: 2, acknowledge: 4.5, diagnose: 9, mitigate: null, resolve: 61.25 },
  waiting: { people: 18.3, machines: 29.4, on: [{ title: 'Decide', seconds: 7.7 }] },
};

it('sets a debrief beside the report, for a terminal', () => {
  expect(debriefLines(debrief)).toEqual([
    'What was found, and when (all times from the fault on):',
    '    3.0 s  Are the gateways healthy (api.gateway-b.example, tls): <!channel> *refused*',
    '',
    'Wrong turns:',
    'none',
    '',
    '                              here  the report',
    '  declared                   2.0 s       0.0 s',
    '  first act of a person      4.5 s           –',
    '  first choice               9.0 s     360.0 s',
    '  first healthy sample           –     720.0 s',
    '  resolved                  61.3 s     780.0 s',
    '',
    'Waited for people 18.3 s, for machines 29.4 s.',
    '    7.7 s  Decide',
  ]);
});

it('lets nothing that somebody wrote be markup in the channel', () => {
  const text = debriefMarkup(debrief);

  expect(text).toContain('tls): &lt;!channel&gt; refused');
  expect(text).toContain('• first choice: 9.0 s (360.0 s)');
});

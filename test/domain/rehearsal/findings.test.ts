import { expect, test } from 'vitest';

import { runbookOf } from '#test/support/runbooks.ts';

import { casesOf, findingsOf } from './cases-of.ts';

const child = runbookOf(
  `  - {id: order, title: O, uses: check.http, with: {url: 'https://x.example'}}`,
  'id: child',
);
const runbook = runbookOf(
  `  - {id: look, title: L, uses: check.metric, with: {query: up}, pass: '< 3%'}
  - {id: tls, title: T, uses: check.tls, with: {host: h}}
  - {id: list, title: L, uses: deploys.list, fail: has(result.suspect)}
  - id: all
    title: All
    uses: parallel
    foreach: {host: inputs.hosts}
    steps: [{id: dns, uses: check.dns, with: {name: '\${{ host }}'}}]
  - {id: pick, title: P, uses: choose, with: {question: Q, options: {one: {label: One, next: back}}}}
  - {id: back, title: B, uses: deploys.rollback}
  - {id: tell, title: T, uses: notify, with: {to: '#x', text: Hi}}
  - {id: smoke, title: S, uses: runbook, with: {id: child}}`,
  'inputs:\n  hosts: {type: array, items: {type: string}, default: []}\n  size: {type: integer}',
);

/** Of one case with the input that it needs; each line of it is at 6 and below. */
function findings(lines: string, first = 'inputs: {size: 1}'): readonly string[] {
  return findingsOf(casesOf(`  - name: x\n    ${first}\n    ${lines}\n`, [runbook, child]));
}

test('a case that fits has none', () => {
  const mocks = `mocks: {look: [{value: null}, {error: no}], list: {suspect: {build: '1'}}, all.dns: {}, 'all[h].dns': {answers: []}, tls: {error: ECONNRESET, authorized: false}, back: {lost: true, plan: {to: '1', from: {build: '2'}}}, smoke.order: {status: 200}}`;
  const people = `people: [{step: smoke.order, user: a, rerun: true}, {step: back, user: a, done: true}, {step: look, user: a, goto: pick}]`;
  const expected = `expect: {path: [look], verdicts: {'all[h].dns': pass, smoke.order: pass, smoke: pass}, writes: [back], waitingOn: smoke.order, recommended: {pick: null}}`;
  expect(findings(`${mocks}\n    ${people}\n    ${expected}`)).toEqual([]);
});

test.each([
  ['{lok: {}}', '7:13 unknown-step: the runbook has no step "lok" (did you mean "look"?)'],
  [
    '{all.dsn: {}}',
    '7:13 unknown-step: the runbook has no step "all.dsn" (did you mean "all.dns"?)',
  ],
  [
    '{"look[1]": {}}',
    '7:13 unknown-step: the runbook has no step "look[1]" (did you mean "look"?)',
  ],
  ['{all: {}}', '7:13 bad-value: mock what runs in it instead: all.dns'],
  ['{pick: {}}', '7:13 bad-value: choose takes no mock: people answer it, under `people`'],
  ['{tell: {}}', '7:13 bad-value: notify takes no mock: it reaches nothing but people'],
  ['{look: {valeu: 1}}', '7:20 unknown-key: there is no key "valeu" here (did you mean "value"?)'],
  ['{look: [{value: 1}, {value: "1"}]}', '7:40 bad-value: value: expected a number, found "1"'],
  ['{look: {eror: x}}', '7:20 unknown-key: there is no key "eror" here (did you mean "error"?)'],
  ['{look: {error: 1}}', '7:27 bad-value: error: expected text, found 1 (put it in quotes)'],
  [
    '{look: {error: x, value: 1}}',
    '7:20 bad-value: error stands alone: a measurement that failed has found nothing else',
  ],
  [
    '{look: {lost: true}}',
    '7:20 unknown-key: there is no key "lost" here (known keys: error, value, series)',
  ],
  [
    '{list: {suspect: {build: 7, before: 6m}}}',
    '7:37 bad-value: build: expected text, found 7 (put it in quotes)',
  ],
  [
    '{list: {suspect: {before: 6 min}}}',
    '7:38 duration-spelling: before: write a duration such as 250ms, 90s, 5m, 2h or 7d',
  ],
  ['{all.dns: {answers: x}}', '7:32 bad-value: answers: expected a list, found "x"'],
  [
    '{back: {status: done}}',
    '7:28 bad-value: status: expected succeeded, notNeeded, failed, unknown; found "done"',
  ],
  ['{back: {lost: false}}', '7:26 bad-value: lost: expected true; found false'],
  [
    '{back: {plan: {form: x}}}',
    '7:27 unknown-key: there is no key "form" here (did you mean "from"?)',
  ],
  [
    '{back: {verdict: pass}}',
    '7:20 unknown-key: there is no key "verdict" here (known keys: error, lost, notNeeded, changed, plan, id, status, from, to, url)',
  ],
  [
    '{smoke: {verdict: ok}}',
    '7:30 bad-value: verdict: expected pass, fail, inconclusive; found "ok"',
  ],
  [
    '{smoke.ordre: {}}',
    '7:13 unknown-step: the runbook has no step "smoke.ordre" (did you mean "smoke.order"?)',
  ],
])('mocks: %s', (mocks, finding) => {
  expect(findings(`mocks: ${mocks}\n    expect: {}`)).toEqual([finding]);
});

test.each([
  [
    '{step: pik, user: a, choose: one}',
    '7:21 unknown-step: the runbook has no step "pik" (did you mean "pick"?)',
  ],
  [
    '{step: pick, user: a, choose: onne}',
    '7:44 bad-value: there is no option "onne" (did you mean "one"?)',
  ],
  [
    '{step: pick, user: a, approve: true}',
    '7:36 bad-value: "pick" is choose: approve is an act of a step that writes',
  ],
  [
    '{step: look, user: a, done: true}',
    '7:36 bad-value: "look" is check.metric: done is an act of a manual step, or of one that writes',
  ],
  [
    '{step: look, user: a, goto: pik}',
    '7:42 unknown-step: the runbook has no step "pik" (did you mean "pick"?)',
  ],
  [
    '{step: smoke.order, user: a, goto: pick}',
    '7:49 unknown-step: the runbook has no step "pick" (it has: order)',
  ],
  [
    '{step: look, user: a}',
    '7:15 bad-value: people: give one act: choose, answer, done, approve, reject, confirm, breakGlass, skip, goto, rerun or stop',
  ],
  [
    '{step: look, user: a, skip: true, stop: true}',
    '7:15 bad-value: people: give one act: choose, answer, done, approve, reject, confirm, breakGlass, skip, goto, rerun or stop',
  ],
  [
    '{step: look, user: a, skip: true, after: 5 min}',
    '7:55 duration-spelling: after: write a duration such as 250ms, 90s, 5m, 2h or 7d',
  ],
  [
    '{step: look, user: a, skip: true, expect: accepted}',
    '7:56 bad-value: expect: expected refused; found "accepted"',
  ],
])('people: %s', (act, finding) => {
  expect(findings(`people: [${act}]\n    expect: {}`)).toEqual([finding]);
});

test('what must be refused may be odd', () => {
  const act = '{step: pick, user: a, approve: true, expect: refused}';
  expect(findings(`people: [${act}]\n    expect: {}`)).toEqual([]);
});

test.each([
  [
    '{path: [look, all.dns]}',
    '7:27 unknown-step: the runbook has no step "all.dns" (it has: look, tls, list, all, pick, back, tell, smoke)',
  ],
  [
    '{verdicts: {lok: pass}}',
    '7:25 unknown-step: the runbook has no step "lok" (did you mean "look"?)',
  ],
  ['{verdicts: {pick: pass}}', '7:25 bad-value: choose has no verdict'],
  ['{verdicts: {look: ok}}', '7:31 bad-value: look: expected pass, fail, inconclusive; found "ok"'],
  ['{writes: [look]}', '7:23 bad-value: "look" never writes'],
  ['{writes: [bakc]}', '7:23 unknown-step: the runbook has no step "bakc" (did you mean "back"?)'],
  [
    '{recommended: {pick: onne}}',
    '7:34 bad-value: there is no option "onne" (did you mean "one"?)',
  ],
  ['{waitingOn: lok}', '7:25 unknown-step: the runbook has no step "lok" (did you mean "look"?)'],
  ['{status: done}', '7:22 bad-value: status: expected succeeded, stopped, failed; found "done"'],
  [
    '{elapsed: {lesThan: 1m}}',
    '7:24 unknown-key: there is no key "lesThan" here (did you mean "lessThan"?)',
  ],
])('expect: %s', (expected, finding) => {
  expect(findings(`expect: ${expected}`)).toEqual([finding]);
});

test.each([
  [
    'inputs: {size: 1, sice: 2}',
    '6:23 unknown-key: the runbook has no input "sice" (did you mean "size"?)',
  ],
  ['inputs: {size: x}', '6:20 bad-value: size: expected a whole number'],
  ['inputs: {hosts: []}', '6:5 bad-value: the input "size" has no default and is not given'],
  [
    'inputs: {size: 1}\n    users: {ben: [payment]}',
    '7:19 unknown-group: the settings have no group "payment" (did you mean "payments"?)',
  ],
])('%s', (first, finding) => {
  expect(findings('expect: {}', first)).toEqual([finding]);
});

const one = '  - {name: x, expect: {}}';

test('a test of a runbook that is not there has no cases, and says which it could be', () => {
  const read = casesOf(one, [child], { of: 'chld' });
  expect(read).toMatchObject({ runbook: 'chld', cases: [] });
  expect(findingsOf(read)).toEqual([
    '3:10 bad-value: there is no runbook "chld" (did you mean "child"?)',
  ]);
});

const wrong = {
  file: 'lost.yaml',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 2,
  severity: 'error',
  rule: 'bad-yaml',
  message: 'broken',
} as const;

test('a test of a runbook that can not be loaded says what is wrong with that', () => {
  const read = casesOf(one, [child], { of: 'lost', lost: new Map([['lost', [wrong]]]) });
  expect(read).toMatchObject({ cases: [], diagnostics: [wrong] });
});

test('so does a case that calls one, unless a mock stands in for it', () => {
  const caller = runbookOf('  - {id: call, title: C, uses: runbook, with: {id: lost}}');
  const lost = new Map([['lost', [wrong]]]);
  const mocked = '  - {name: y, mocks: {call: {verdict: pass}}, expect: {status: succeeded}}';
  const { cases } = casesOf(`${one}\n${mocked}`, [caller], { lost });
  expect(cases.map(({ findings: found }) => found)).toEqual([[wrong], []]);
  expect(cases[1]?.play().failures).toEqual([]);
});

test('a file that can not be read has no cases', () => {
  expect(casesOf('  - {name: x', [child])).toMatchObject({ cases: [] });
  expect(findingsOf(casesOf('  - {nome: x, expect: {}}', [child]))).toContain(
    '5:6 unknown-key: there is no key "nome" here (did you mean "name"?)',
  );
});

test('a failure is located at what was expected, or at what was missing', () => {
  const { cases } = casesOf(
    `  - name: a
    mocks: {}
    expect: {}
  - name: b
    mocks: {order: {status: 200}}
    expect: {verdicts: {order: fail}}`,
    [child],
  );
  const places = cases.map((each) => each.play().failures.map(({ at }) => each.locate(at)));
  expect(places).toMatchObject([[{ line: 6, column: 5 }], [{ line: 10, column: 32 }]]);
});

test('a runbook that calls itself has as many steps as it has', () => {
  const circle = runbookOf(
    '  - {id: again, title: A, uses: runbook, with: {id: circle}}',
    'id: circle',
  );
  expect(findingsOf(casesOf('  - {name: x, mocks: {lok: {}}, expect: {}}', [circle]))).toEqual([
    '5:23 unknown-step: the runbook has no step "lok" (it has: again)',
  ]);
});

import { check, expression, fill, HEAD, manual, times } from './pieces.ts';

/** Files that nothing is wrong with, and that take long to find that out. */
export const heavyFiles: Readonly<Record<string, string>> = {
  'line separators of Unicode': manual('a\u2028b\u2029c'),
  emoji: manual(fill('😀', 100_000)),
  'a long sum': expression(`${'1+'.repeat(490)}1`),
  negations: expression(`${'!'.repeat(900)}true`),
  'a condition that counts for long': check(
    `pass: '[${times(240, () => '1', ',')}].all(a, [${times(240, () => '1', ',')}].all(b, a == b))'`,
  ),
  'constant conditions that count for long': `${HEAD}steps:\n${times(15, (n) => `  - {id: s${n}, title: A, uses: check.tcp, with: {host: x, port: 1}, pass: '[${times(220, () => '1', ',')}].all(a, [${times(220, () => '1', ',')}].all(b, a == b))'}`)}`,
  'a regular expression that repeats': check(`pass: 're("a", "${'(a*)*'.repeat(50)}")'`),
  'triggers that overlap': `${HEAD}triggers:\n${times(700, (n) => `  - {alert: {alertname: '~a${n}.*', b: c}}`)}\nsteps: [{id: a, title: A, uses: manual, with: {instructions: x}}]`,
  'a text that looks like tokens': manual(fill('xoxb-Bearer ', 100_000)),
  'a text of one token without an end': manual(fill('eyJ', 100_000)),
  'addresses with names': manual(fill('://a:', 100_000)),
};

import { parseArgs } from 'node:util';

import { simulate, type Outcome } from './simulate.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    /** What is to be so in every seed, as JSON; see `world/weather.ts`. */
    weather: { type: 'string', default: '{}' },
    /** Ends with the first seed that shows something. */
    first: { type: 'boolean', default: false },
  },
});

// Failures are made by the thousand, and where one was made is asked of one seed at a time.
if (values.seed === undefined) Error.stackTraceLimit = 0;

const first = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const usedBefore = process.cpuUsage();
/** So many seeds are shown with what they violate; the rest is counted. */
const mostShown = 20;
let shown = 0;
let violations = 0;
let simulatedMs = 0;

for (let seed = first; seed < first + count; seed += 1) {
  const outcome = await simulate(
    seed,
    values.trace ? (line) => process.stdout.write(`${line}\n`) : null,
    JSON.parse(values.weather),
  );
  simulatedMs += outcome.simulatedMs;
  violations += outcome.violations.length;
  if (outcome.violations.length > 0 && (shown += 1) <= mostShown) show(outcome);
  if (values.first && violations > 0) break;
}

/** Of one core: how busy the machine is otherwise must not change the figure. */
const used = process.cpuUsage(usedBefore);
const seconds = (used.user + used.system) / 1_000_000;
const hours = (simulatedMs / 3_600_000).toFixed(1);
process.stdout.write(
  `seeds: ${count}, violations: ${violations}, simulated: ${hours} hours, seeds/s: ${(count / seconds).toFixed(0)}\n`,
);
process.exitCode = violations === 0 ? 0 : 1;

/** The first of each check, and how many more there are. */
function show({ seed, violations: all }: Outcome): void {
  for (const [check, found = []] of Map.groupBy(all, (one) => one.check)) {
    const more = found.length > 1 ? ` (and ${found.length - 1} more)` : '';
    process.stdout.write(`seed ${seed}: "${check}": ${found[0]?.what}${more}\n`);
  }
}

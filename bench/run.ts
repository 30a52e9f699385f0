import { checkMany } from './check-many.ts';
import { lintMany } from './lint-many.ts';
import { startUp } from './start-up.ts';
import { testMany } from './test-many.ts';

/** `npm run bench` runs all of them, `npm run bench lint-many` one. */
const benchmarks: Readonly<Record<string, () => void | Promise<void>>> = {
  'start-up': startUp,
  'lint-many': lintMany,
  'test-many': testMany,
  'check-many': checkMany,
};
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(benchmarks, name));
if (unknown.length > 0) {
  process.stderr.write(`There is no ${unknown.join()}: ${Object.keys(benchmarks).join(', ')}.\n`);
  process.exit(3);
}
for (const [name, run] of Object.entries(benchmarks)) {
  if (asked.length === 0 || asked.includes(name)) await run();
}

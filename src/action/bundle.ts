/** `npm run bundle`: the action as one file. It is committed, since a runner installs nothing for it. */
import { build } from 'rolldown';

const file = process.argv[2] ?? '.github/actions/handrail-check/index.js';

await build({
  input: 'src/action/main.ts',
  platform: 'node',
  logLevel: 'warn',
  output: { file, format: 'esm', minify: true, codeSplitting: false },
});

/**
 * The GitHub Action `handrail-check`: what `handrail lint`, `test` and `check` say, as annotations,
 * and what changes in a comment. Bundled by `npm run bundle`, since an action has no node_modules.
 */
import { runAction } from './run-action.ts';

process.exitCode = await runAction(process.env);

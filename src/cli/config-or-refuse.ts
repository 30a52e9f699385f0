import { type Config, readConfig } from '#src/config.ts';

import { CliError } from './cli-error.ts';

/** The configuration from the environment. What is wrong with it is told at once, a line each. */
export function configOrRefuse(use: { slack: 'needed' | 'optional' | 'unused' }): Config {
  const read = readConfig(process.env, use);
  if ('problems' in read) throw new CliError(read.problems.join('\n'));
  return read.config;
}

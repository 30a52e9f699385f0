import { CliError } from '#cli/cli-error.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What `action.yml` offers, as the runner passes it on. */
export type ActionInputs = {
  folder: string;
  strict: boolean;
  checks: readonly string[];
  input: readonly string[];
  envFile: readonly string[];
  inconclusive: 'fail' | 'warn';
  comment: boolean;
  token: string;
};

export function readInputs(env: Env): ActionInputs {
  const text = (name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();
  const lines = (name: string): string[] =>
    text(name)
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
  const yes = (name: string): boolean => {
    const value = text(name);
    if (/^(true|false|)$/i.test(value)) return value.toLowerCase() === 'true';
    throw new CliError(`The input ${name} is true or false, not "${value}".`);
  };
  const inconclusive = text('inconclusive') || 'fail';
  if (inconclusive !== 'fail' && inconclusive !== 'warn') {
    throw new CliError(`The input inconclusive is fail or warn, not "${inconclusive}".`);
  }
  return {
    folder: text('folder') || 'runbooks',
    strict: yes('strict'),
    checks: lines('check'),
    input: lines('input'),
    envFile: lines('env-file'),
    inconclusive,
    comment: yes('comment'),
    token: text('token'),
  };
}

import path from 'node:path';

import { expect, it } from 'vitest';

import { readInputs } from '#cli/check/read-inputs.ts';
import { temporaryFolder } from '#test/cli/temporary-folder.ts';
import { runbookOf } from '#test/support/runbooks.ts';

const runbook = runbookOf(
  '  - {id: a, title: A, uses: check.tcp, with: {host: a, port: 1}}',
  `inputs:
  host: {type: string, default: a.example}
  port: {type: integer, default: 1}
  tags: {type: array, items: {type: string}, default: []}`,
);
const read = (given: { typed?: Record<string, string>; file?: string }) =>
  readInputs(runbook, { typed: {}, file: undefined, defaults: { port: 2 }, ...given });

it('takes what is typed before the file, the file before the settings, those before the runbook', async () => {
  await using folder = await temporaryFolder({ 'in.yaml': 'port: 3\ntags: [file]' });
  const file = path.join(folder.path, 'in.yaml');

  expect(await read({})).toEqual({ host: 'a.example', port: 2, tags: [] });
  expect(await read({ file })).toMatchObject({ port: 3, tags: ['file'] });
  expect(await read({ file, typed: { port: '4' } })).toMatchObject({ port: 4, tags: ['file'] });
});

it('reads JSON as well', async () => {
  await using folder = await temporaryFolder({ 'in.json': '{"tags": ["a", "b"]}' });

  const inputs = await read({ file: path.join(folder.path, 'in.json') });

  expect(inputs['tags']).toEqual(['a', 'b']);
});

it.each([
  ['{', 'neither JSON nor YAML'],
  ['- a', 'is no map of names to values'],
  ['a: &a [*a]', 'neither JSON nor YAML'],
])('refuses the input file %j in one sentence', async (text, message) => {
  await using folder = await temporaryFolder({ 'in.yaml': text });

  await expect(read({ file: path.join(folder.path, 'in.yaml') })).rejects.toThrow(message);
});

it('refuses a file that is not there, and names in a file that the runbook does not have', async () => {
  await using folder = await temporaryFolder({ 'in.yaml': 'ports: 3\nhots: a' });

  await expect(read({ file: 'nowhere.yaml' })).rejects.toThrow("nowhere.yaml can't be read");
  await expect(read({ file: path.join(folder.path, 'in.yaml') })).rejects.toThrow(
    'no input "ports": did you mean "port"?\nrehearsed has no input "hots": did you mean "host"?',
  );
});

import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from 'vitest';

import { handrail } from '#test/cli/run-cli.ts';

const readme = readFileSync('README.md', 'utf8');

/** `--help` of a command, or of all. */
async function helpOf(...command: string[]): Promise<string> {
  return (await handrail([...command, '--help'])).stdout;
}

function namesIn(text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].map(([whole, name = whole]) => name);
  return [...new Set(found)].toSorted();
}

describe('README.md', () => {
  it('names every environment variable that is read, and no other', () => {
    const variable = /\b(?:HANDRAIL|SLACK|DATABASE)_[A-Z_]+?(?=_FILE\b|\b)/g;

    expect(namesIn(readme, variable)).toEqual(
      namesIn(readFileSync('src/config.ts', 'utf8'), variable),
    );
  });

  describe('on commands', () => {
    const commands = namesIn(readme, /`handrail ([a-z]+)/g);
    let help: ReadonlyMap<string, string>;

    beforeAll(async () => {
      help = new Map(
        await Promise.all(commands.map(async (name) => [name, await helpOf(name)] as const)),
      );
    });

    it('names every one that there is, and no other', async () => {
      const there = namesIn(await helpOf(), /^ {2}([a-z]+) .*/gm);

      expect(commands).toEqual(there.filter((name) => name !== 'help'));
    });

    it('names every flag of each, and no other', () => {
      const told = new Map(
        [...readme.matchAll(/`handrail ([a-z]+)([^`]*)`/g)]
          .filter(([, , rest = '']) => rest !== '')
          .map(([, name = '', rest = '']) => [name, namesIn(rest, /--[a-z]+/g)]),
      );
      const general = ['--help', '--practice'];

      for (const [name, flags] of told) {
        const there = namesIn(help.get(name) ?? '', /^ {2}(?:-[a-z], )?(--[a-z]+)/gm);
        expect({ name, flags }).toEqual({
          name,
          flags: there.filter((flag) => !general.includes(flag)),
        });
      }
      expect(told.size).toBeGreaterThan(5);
    });

    it('gives the exit codes that the help gives', () => {
      const rows = readme.split(/^- |\n\n/m).filter((row) => row.startsWith('`handrail '));

      for (const [name, text] of help) {
        const known = namesIn(/^Exit codes: (.*)$/m.exec(text)?.[1] ?? '', /\b\d+\b/g);
        const row = rows.find((one) => one.includes(`\`handrail ${name}`)) ?? '';
        const told = namesIn(row.replaceAll(/`[^`]*`/g, ''), /\b\d+\b/g);
        expect(known).toEqual(expect.arrayContaining(told));
        expect(told).toEqual(
          expect.arrayContaining(known.filter((code) => !['0', '3', '64'].includes(code))),
        );
      }
    });
  });
});

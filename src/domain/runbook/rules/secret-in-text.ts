import { looksSecret } from '#domain/configuration/secret-key.ts';
import type { Diagnostic } from '#domain/diagnostic.ts';
import { compile } from '#domain/expressions/compile.ts';
import { hasTemplate } from '#domain/expressions/template.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import type { Path } from '#domain/runbook/yaml/yaml-node.ts';

import { allSites } from './expression-sites.ts';
import { atPart, atValue, type ParsedFile, type Rule } from './rule.ts';
import { textsIn } from './texts-in.ts';

const HINT = 'put it into the environment, and write ${{ secrets.NAME }} in a connection';

/** A runbook is read by many and recorded: a credential stands in the environment only. */
export const secretInText: Rule = ({ file }) => [
  ...tokensIn(file),
  ...textsIn(file.root)
    .filter(({ text, path }) => isHeaderOrBody(path) && isCredential(String(path.at(-1)), text))
    .map(({ path }) => found(file, atValue(file, path))),
];

/** No expression of a runbook can name a secret, in a text least of all. */
export const secretReference: Rule = (subject) => {
  const { file } = subject;
  return allSites(subject).sites.flatMap(({ site }) => {
    if (!namesSecret(site.expression)) return [];
    const at = site.part === null ? atValue(file, site.path) : atPart(file, site.path, site.part);
    const message = 'what a runbook says is recorded and shown: a secret is for connections only';
    return [file.source.problem('secret-in-text', at, message)];
  });
};

export function namesSecret(expression: string): boolean {
  const compilation = compile(expression);
  return compilation.ok && compilation.compiled.names.has('secrets');
}

/** The same for settings, where each connection's credentials are references. */
export function secretsInSettings(settings: Settings, file: ParsedFile): readonly Diagnostic[] {
  const written = Object.entries(settings.connections).flatMap(([name, { options }]) =>
    Object.entries(options)
      .filter(([key, value]) => looksSecret(key) && typeof value === 'string' && isWritten(value))
      .map(([key]) => found(file, atValue(file, ['connections', name, key]))),
  );
  return [...written, ...tokensIn(file)].filter(onceAPlace());
}

/** Texts that are credentials by their looks. */
function tokensIn(file: ParsedFile): readonly Diagnostic[] {
  return textsIn(file.root).flatMap(({ text, path }) => {
    const match = TOKEN.exec(text);
    if (match === null) return [];
    const part = { start: match.index, end: match.index + match[0].length };
    return [found(file, atPart(file, path, part))];
  });
}

const TOKEN = new RegExp(
  [
    'xox[abeoprs]-[\\w-]{10,}',
    'xapp-[\\w-]{10,}',
    'hooks\\.slack\\.com/services/\\w+/\\w+/\\w+',
    'gh[opsur]_\\w{20,}',
    'github_pat_\\w{20,}',
    'glpat-[\\w-]{16,}',
    '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b',
    '\\bAIza[\\w-]{35}',
    '\\b[rs]k_(?:live|test)_\\w{10,}',
    '\\bsk-[\\w-]{20,}',
    '-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----',
    '\\beyJ[\\w-]{8,}\\.eyJ[\\w-]{8,}\\.[\\w-]{8,}',
    '\\b(?:Bearer|Basic|Token) +(?!\\$\\{\\{)[\\w+/=.~-]{12,}',
    // No password is longer, and a longer run would be looked at again from each of its characters.
    '://[^/\\s:@$]{1,100}:(?!\\$\\{\\{)[^/\\s@]{1,100}@',
  ].join('|'),
);

function isHeaderOrBody(path: Path): boolean {
  const within = path.indexOf('with');
  return within !== -1 && (path[within + 1] === 'headers' || path[within + 1] === 'body');
}

const CREDENTIAL =
  /^(?:authorization|cookie|x-auth.*|.*(?:api[-_]?key|token|passw(?:or)?d|secret))$/i;

function isCredential(key: string, text: string): boolean {
  return CREDENTIAL.test(key) && isWritten(text) && TOKEN.exec(text) === null;
}

function isWritten(text: string): boolean {
  return !hasTemplate(text) && text.length >= 4;
}

function found(file: ParsedFile, at: { start: number; end: number }): Diagnostic {
  const message = 'this looks like a credential, and a file is no place for one';
  return file.source.problem('secret-in-text', at, message, HINT);
}

function onceAPlace(): (diagnostic: Diagnostic) => boolean {
  const seen = new Set<number>();
  return ({ line }) => !seen.has(line) && seen.add(line).has(line);
}

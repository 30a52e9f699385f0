import { compile, membersRead } from '#domain/expressions/compile.ts';
import { expressionsIn, stringsIn } from '#domain/expressions/references.ts';
import type { InputSpec, Runbook, Step } from '#domain/runbook/runbook.ts';

import { allSites, type LocatedSite } from './expression-sites.ts';
import { atPart, type Rule } from './rule.ts';

/** Where a text decides what is asked of whom. */
const SINKS = new Set(['url', 'query', 'host', 'name', 'servername', 'path', 'ref']);

/**
 * Whoever can fire an alert writes its labels. Inside of a query or a URL they could ask for
 * something else than the author meant, unless the input that carries them says what it may be.
 */
export const untrustedText: Rule = (subject) => {
  const { file, runbook } = subject;
  const untrusted = untrustedInputs(runbook);
  return allSites(subject).sites.flatMap((located) => {
    const { site } = located;
    const foreach = located.located.parent?.foreach ?? null;
    const from = isSink(located) ? sourceIn(site.expression, untrusted, foreach) : null;
    if (from === null || site.part === null) return [];
    const message = `${from} comes from an alert, and anything can stand in it`;
    const hint = from.startsWith('inputs.')
      ? `give ${from} an \`enum\` or a \`pattern\``
      : 'take it into an input with an `enum` or a `pattern`, and use that';
    return [
      file.source.problem('untrusted-text', atPart(file, site.path, site.part), message, hint),
    ];
  });
};

function isSink({ located, site }: LocatedSite): boolean {
  const key = site.path.slice(located.path.length);
  return key[0] === 'with' && key.some((part) => typeof part === 'string' && SINKS.has(part));
}

/** Inputs that a trigger fills from the alert, and that take any text. */
export function untrustedInputs(runbook: Runbook): ReadonlySet<string> {
  const filled = runbook.triggers.flatMap(({ inputs }) =>
    Object.entries(inputs).filter(([, value]) =>
      stringsIn(value).flatMap(expressionsIn).some(namesAlert),
    ),
  );
  const names = filled.map(([name]) => name);
  return new Set(names.filter((name) => takesAnyText(runbook.inputs[name])));
}

function takesAnyText(spec: InputSpec | undefined): boolean {
  if (spec === undefined) return false;
  if (spec.type === 'array') return takesAnyText(spec.items ?? { type: 'string' });
  const isText = spec.type === 'string' || spec.type === 'object';
  return isText && spec.enum === undefined && spec.pattern === undefined;
}

/** What an expression reads of an alert, in words, or null. An item is what its list is. */
function sourceIn(
  expression: string,
  untrusted: ReadonlySet<string>,
  foreach: Step['foreach'] = null,
): string | null {
  const compilation = compile(expression);
  if (!compilation.ok) return null;
  if (compilation.compiled.names.has('alert')) return 'this text';
  if (foreach !== null && compilation.compiled.names.has(foreach.name)) {
    return sourceIn(foreach.list, untrusted);
  }
  const read = membersRead(compilation.compiled.root, 'inputs') ?? [...untrusted];
  const input = read.find((name) => untrusted.has(name));
  return input === undefined ? null : `inputs.${input}`;
}

function namesAlert(expression: string): boolean {
  const compilation = compile(expression);
  return compilation.ok && compilation.compiled.names.has('alert');
}

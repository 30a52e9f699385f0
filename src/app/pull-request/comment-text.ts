import { code } from '#domain/runbook/difference/change-text.ts';
import { differenceOf } from '#domain/runbook/difference/difference.ts';
import { mermaidOf } from '#domain/runbook/graph/mermaid.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import { escapeMarkdown } from '#domain/timeline/markdown.ts';

import type { Examination } from './examine.ts';
import { conclusionOf, type Findings, inRepository, summaryOf } from './findings.ts';

/** Code hosts take about 65,000 characters; graphs go first, since lint and tests can't be drawn anew. */
const LONGEST = 60_000;
const MOST_LINES = 50;

/** What a reviewer wants to know: what changes for a responder, how it looks, and whether it holds. */
export function commentText(given: {
  commit: string;
  folder: string;
  before: Examination;
  after: Examination;
  /** Files that are there now, whether or not they can be read. */
  files: ReadonlySet<string>;
  findings: Findings;
}): string {
  const full = textOf(given, true);
  return full.length <= LONGEST ? full : textOf(given, false);
}

function textOf(given: Parameters<typeof commentText>[0], withGraphs: boolean): string {
  const { commit, findings } = given;
  const mark = conclusionOf(findings) === 'success' ? '✅' : '❌';
  return [
    `### ${mark} Runbooks: ${summaryOf(findings)}`,
    `As of ${code(commit.slice(0, 7))}.`,
    ...findingLines(given),
    ...runbookSections(given, withGraphs),
  ].join('\n\n');
}

function findingLines({ findings, folder }: Parameters<typeof commentText>[0]): string[] {
  const { diagnostics, failed } = findings;
  const lines = [
    ...diagnostics.map(({ file, line, column, severity, rule, message, hint }) => {
      const sign = severity === 'error' ? '❌' : '⚠️';
      const place = code(`${inRepository(file, folder)}:${line}:${column}`);
      const text = hint === undefined ? message : `${message}; ${hint}`;
      return `- ${sign} ${place} ${escapeMarkdown(rule)}: ${escapeMarkdown(text)}`;
    }),
    ...failed.flatMap(({ name, failures }) =>
      failures.map(({ file, line, column, text }) => {
        const place = code(`${inRepository(file, folder)}:${line}:${column}`);
        return `- ❌ ${place} test “${escapeMarkdown(name)}”: ${escapeMarkdown(text)}`;
      }),
    ),
  ];
  if (lines.length === 0) return [];
  const more = lines.length - MOST_LINES;
  const rest = more > 0 ? [`- … and ${more} more, see the check`] : [];
  return [[...lines.slice(0, MOST_LINES), ...rest].join('\n')];
}

function runbookSections(
  { before, after, files, folder }: Parameters<typeof commentText>[0],
  withGraphs: boolean,
): string[] {
  const was = byId(before);
  const is = byId(after);
  return [...new Set([...was.keys(), ...is.keys()])].toSorted().flatMap((id) => {
    const [old, now] = [was.get(id), is.get(id)];
    if (old?.digest === now?.digest && old?.file === now?.file) return [];
    const file = now?.file ?? old?.file ?? '';
    const title = now?.runbook.title ?? old?.runbook.title ?? id;
    const head = `#### ${escapeMarkdown(title)}\n\n${code(inRepository(file, folder))}`;
    // It is not gone: its last good version serves on until it is mended.
    if (now === undefined && files.has(file)) return [`${head} can't be read as it is now.`];
    const difference = differenceOf(old?.runbook ?? null, now?.runbook ?? null);
    const shown = difference === '' ? 'Nothing changes for a responder.' : difference.trimEnd();
    if (now === undefined) return [`${head}\n\n${shown}`];
    return [`${head}\n\n${shown}`, ...(withGraphs ? [graph(now, after)] : [])];
  });
}

function graph({ runbook }: RunbookDocument, { settings }: Examination): string {
  const drawn = mermaidOf(runbook, settings).trimEnd();
  return `<details><summary>Steps and routes</summary>\n\n\`\`\`mermaid\n${drawn}\n\`\`\`\n\n</details>`;
}

function byId({ documents }: Examination): ReadonlyMap<string, RunbookDocument> {
  return new Map(documents.map((document) => [document.runbook.id, document]));
}

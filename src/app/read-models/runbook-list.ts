import type { App } from '#app/app.ts';
import { type KeptProof, loadProof } from '#app/keep-proof.ts';
import { waitingSchedules } from '#app/last-scheduled-run.ts';
import { nightProblem } from '#app/night-problem.ts';
import type { Diagnostic } from '#domain/diagnostic.ts';
import { reviewDue } from '#domain/runbook/review.ts';
import { revisionText } from '#domain/runbook/revision.ts';
import type { RunbookDocument } from '#domain/runbook/runbook.ts';
import type { RunbookLine, RunbookList } from '#ports/chat-messages.ts';
import type { BrokenFile } from '#ports/runbooks.ts';

const mostSilent = 3;
const ways = { live: 'live run', dryRun: 'dry run', drill: 'drill' } as const;

/** Every runbook in use with how far it can be trusted, in the order of the files. */
export async function runbookList(app: App): Promise<RunbookList> {
  const documents = app.runbooks.all().toSorted(byFile);
  const runbooks = await Promise.all(documents.map((document) => lineOf(app, document)));
  const held = new Set(documents.map(({ file }) => file));
  const loose = app.runbooks.broken().filter(({ file }) => !held.has(file));
  return {
    runbooks,
    files: loose.map((one) => ({ owner: ownerOf(app, one.file), text: brokenText(app, one) })),
  };
}

async function lineOf(app: App, document: RunbookDocument): Promise<RunbookLine> {
  const { runbook, file, digest } = document;
  const kept = await loadProof(app, runbook.id);
  const night = await nightProblem(app, runbook.id);
  const waiting = await waitingSchedules(app, document);
  const broken = app.runbooks.broken().find((one) => one.file === file);
  const found = app.runbooks.problems().filter((problem) => problem.file === file);
  const due = reviewDue(runbook);
  const overdue = due !== null && due <= app.clock.now().toISOString().slice(0, 10);
  return {
    id: runbook.id,
    title: runbook.title,
    service: runbook.service,
    owner: runbook.owner,
    revision: revisionText(document),
    findings: { errors: count(found, 'error'), warnings: count(found, 'warning') },
    review: { reviewed: runbook.reviewed, due, overdue },
    proof: proofOf(kept, digest),
    attention: [
      ...(broken === undefined ? errorsText(found) : [brokenText(app, broken)]),
      ...(night === null ? [] : [`No dry run last night: ${night}`]),
      ...silentText(kept),
      ...waiting.map(
        ({ run, since }) =>
          `Not started by its schedule since ${moment(since)}: ${run} is still open.`,
      ),
      ...(overdue ? [`Its review has been due since ${due}.`] : []),
    ],
  };
}

function proofOf(kept: KeptProof | null, digest: string): RunbookLine['proof'] {
  if (kept?.proved == null) return null;
  const { at, how } = kept.proved;
  return { at, how, older: kept.proved.digest === digest ? null : revisionText(kept.proved) };
}

function silentText(kept: KeptProof | null): string[] {
  if (kept === null || kept.last.silent.length === 0) return [];
  const { silent, how, at } = kept.last;
  const named = silent
    .slice(0, mostSilent)
    .map(({ title, finding }) => (finding === '' ? title : `${title}: ${finding}`));
  const more = silent.length > mostSilent ? `; and ${silent.length - mostSilent} more` : '';
  return [`No data in the ${ways[how]} of ${moment(at)}: ${named.join('; ')}${more}`];
}

function brokenText(app: App, { file, lastGood }: BrokenFile): string {
  const [first] = app.runbooks
    .problems()
    .filter((problem) => problem.file === file && problem.severity === 'error');
  const what = first ? `${placeOf(first)} ${first.message}` : file;
  return lastGood === null
    ? `Broken, and no earlier version is in use: ${what}`
    : `Broken, so the version read at ${moment(lastGood)} is in use: ${what}`;
}

/** Errors that do not keep a file from being used: they speak of the settings. */
function errorsText(found: readonly Diagnostic[]): string[] {
  const [first, ...more] = found.filter(({ severity }) => severity === 'error');
  if (first === undefined) return [];
  const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
  return [`Does not fit the settings: ${placeOf(first)} ${first.message}${others}`];
}

/** A file that was never good has named no owner: its folder is named after a service. */
function ownerOf(app: App, file: string): string | null {
  const [folder = ''] = file.split('/');
  const { services } = app.runbooks.settings();
  return Object.hasOwn(services, folder) ? (services[folder]?.owner ?? null) : null;
}

function count(found: readonly Diagnostic[], severity: Diagnostic['severity']): number {
  return found.filter((one) => one.severity === severity).length;
}

function placeOf({ file, line, column }: Diagnostic): string {
  return `${file}:${line}:${column}`;
}

function moment(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}

function byFile(one: RunbookDocument, other: RunbookDocument): number {
  return one.file < other.file ? -1 : 1;
}

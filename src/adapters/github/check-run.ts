import type { Annotation, CheckReport, CodeHost } from '#ports/code-host.ts';

import type { Call, Place } from './client.ts';
import { isAnswer } from './failure.ts';
import { madeOnce } from './made-once.ts';

/** What GitHub takes of annotations in one request; each request adds to those that are there. */
const AT_ONCE = 50;
const LONGEST = 60_000;

/** What is there of a report: GitHub counts its annotations. */
type Known = { id: number; done: boolean; annotated: number };

/**
 * A report with many annotations takes several requests. How far it got is asked of GitHub, so that
 * a report that broke off goes on where it was. Only Apps may write checks: `false` for others.
 */
export function createReportCheck(call: Call): CodeHost['reportCheck'] {
  return async (repository, report, signal) => {
    const { annotations } = report;
    const find = () =>
      call(repository, signal, async (octokit, place): Promise<Known | null> => {
        const { data } = await octokit.rest.checks.listForRef({
          ...place,
          ref: report.commit,
          check_name: report.name,
          filter: 'all',
          per_page: 100,
        });
        const found = data.check_runs.find((run) => run.external_id === report.key);
        return found === undefined ? null : knownOf(found);
      });
    const make = () =>
      call(repository, signal, async (octokit, place): Promise<Known> => {
        const { data } = await octokit.rest.checks.create({
          ...part(place, report, 0),
          name: report.name,
          head_sha: report.commit,
          external_id: report.key,
        });
        return knownOf(data);
      });

    try {
      let known = await madeOnce(find, make);
      for (let left = annotations.length; !known.done && left >= 0; left -= AT_ONCE) {
        const { id, annotated } = known;
        known = await call(repository, signal, async (octokit, place) => {
          const next = part(place, report, annotated);
          return knownOf((await octokit.rest.checks.update({ ...next, check_run_id: id })).data);
        });
      }
      return true;
    } catch (error) {
      if (isAnswer(error, 403)) return false;
      throw error;
    }
  };
}

/** The next annotations, and the conclusion with the last of them. */
function part(place: Place, report: CheckReport, from: number) {
  const next = report.annotations.slice(from, from + AT_ONCE);
  const isLast = from + next.length >= report.annotations.length;
  const output = {
    title: report.title.slice(0, 250),
    summary: report.summary.slice(0, LONGEST),
    ...(next.length > 0 && { annotations: next.map(annotationOf) }),
  };
  return isLast
    ? { ...place, status: 'completed' as const, conclusion: report.conclusion, output }
    : { ...place, status: 'in_progress' as const, output };
}

function annotationOf(annotation: Annotation) {
  const { path, startLine, endLine, columns, level, title, message } = annotation;
  return {
    path,
    start_line: startLine,
    end_line: endLine,
    ...(columns !== null && { start_column: columns.start, end_column: columns.end }),
    annotation_level: level,
    title: title.slice(0, 250),
    message: message.slice(0, LONGEST),
  };
}

function knownOf(run: {
  id: number;
  status: string;
  output: { annotations_count: number };
}): Known {
  const { id, status, output } = run;
  return { id, done: status === 'completed', annotated: output.annotations_count };
}

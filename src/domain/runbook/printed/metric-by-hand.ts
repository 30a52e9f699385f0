import { objectOf, textOf } from '#domain/json.ts';
import { readable } from '#domain/runbook/graph/readable.ts';
import { codeBlock, codeSpan } from '#domain/runbook/markdown-code.ts';
import type { Runbook, Step } from '#domain/runbook/runbook.ts';
import type { Settings } from '#domain/runbook/settings.ts';

/** The query itself, since the name of a metric helps nobody who has no bot to look it up. */
export function metricByHand(
  runbook: Runbook,
  step: Step,
  settings: Settings | null,
): readonly string[] {
  const { metric, query, traffic, connection } = step.with;
  const service = settings?.services[textOf(step.with['service'], runbook.service)];
  const named = service?.metrics[textOf(metric)];
  const written = textOf(query, named?.query);
  const role = textOf(connection, service?.connections['metrics']);
  const url = settings?.connections[role]?.url ?? null;
  const place = url === null ? 'In the metrics back end' : `At <${encodeURI(url)}>`;
  if (written === '') return [`${place}, read the metric ${codeSpan(textOf(metric))}.`];

  const least = objectOf(traffic)['atLeast'] ?? named?.traffic?.atLeast;
  const own = service?.metrics[textOf(objectOf(traffic)['metric'])]?.query;
  const counted = own ?? named?.traffic?.query ?? '';
  return [
    `${place}, run this query:`,
    codeBlock(readable(written, runbook.inputs), 'promql'),
    ...(counted === '' || least === undefined
      ? []
      : [
          `It means something only while this is ${JSON.stringify(least)} or more:`,
          codeBlock(readable(counted, runbook.inputs), 'promql'),
        ]),
  ];
}

import type { Settings } from '#domain/runbook/settings.ts';
import type { Measurement, MeasurementRequest } from '#ports/checks.ts';
import type { Clock } from '#ports/clock.ts';
import type { CodeHost } from '#ports/code-host.ts';
import type { Deploys } from '#ports/deploys.ts';
import type { Flags } from '#ports/flags.ts';
import type { Metrics } from '#ports/metrics.ts';
import type { Outbound, OutboundOptions } from '#ports/outbound.ts';
import type { Secrets } from '#ports/secrets.ts';

export type CheckDeps = {
  outbound: Outbound;
  metrics: Metrics;
  deploys: Deploys;
  code: Pick<CodeHost, 'compare' | 'pullRequestsOf' | 'readPath'>;
  flags: Flags;
  secrets: Secrets;
  clock: Clock;
  /** Asked at each measurement: settings reload. */
  settings: () => Settings;
  /** What `source: {env: true}` reads. */
  env: Readonly<Record<string, string | undefined>>;
  /** The only folders that `source: {file}` reads from; the first that has the file. */
  folders: readonly string[];
};

/** One kind of read. A new one is a file like its neighbours and a line in `registry.ts`. */
export type CheckKind = {
  /** Milliseconds that it takes by its nature; the timeout of an attempt comes on top. */
  lasts?(request: MeasurementRequest): number;
  /**
   * Measures once. May throw a PortError, which is `unavailable`; `options.signal` fires at the
   * deadline, too.
   */
  measure(
    request: MeasurementRequest,
    options: OutboundOptions,
    deps: CheckDeps,
  ): Promise<Measurement>;
};

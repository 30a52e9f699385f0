import { createDeployApi } from '#adapters/deploys/http/deploy-api.ts';
import { createPrometheus } from '#adapters/metrics/prometheus.ts';
import { createOutbound } from '#adapters/outbound/outbound.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import type { ConnectionSettings, Settings } from '#domain/runbook/settings.ts';
import { PortError } from '#ports/port-error.ts';
import type { Finding } from '#ports/self-check.ts';
import type { Config } from '#src/config.ts';

import { notSet, ok, problem } from './finding.ts';

const withinMs = 5_000;

/** Reaches each connection through the gate, as a runbook would, and only reads. */
export async function connectionFindings(settings: Settings, config: Config): Promise<Finding[]> {
  const secrets = createSecrets({ env: config.env });
  const outbound = createOutbound({ settings: () => settings.outbound });
  const deps = { outbound, secrets, connections: () => settings.connections };
  const deploys = createDeployApi(deps);
  const metrics = createPrometheus(deps);

  /** What it answered, in words. */
  async function reach(name: string, connection: ConnectionSettings): Promise<string> {
    for (const option of Object.values(connection.options)) {
      if (typeof option === 'string') secrets.resolve(option);
    }
    const signal = AbortSignal.timeout(withinMs);
    if (connection.type === 'prometheus') {
      await metrics.query(name, 'vector(1)', { timeoutMs: withinMs, signal });
      return 'answers queries';
    }
    const used = connection.type === 'deploy-api' ? placeOf(settings, name) : null;
    if (used !== null) {
      await deploys.list({ connection: name, ...used }, 1, signal);
      return `lists the deployments of ${used.service} in ${used.environment}`;
    }
    const answer = await outbound.request(
      { url: connection.url ?? '', maxBytes: 1_024 },
      { timeoutMs: withinMs, signal },
    );
    if (answer.ok) return `answers (${answer.value.status}); its credentials were not tried`;
    throw new PortError(answer.failure.code, answer.failure.message, { retry: false });
  }

  return Promise.all(
    Object.entries(settings.connections).map(async ([name, connection]) => {
      const area = `connection ${name}`;
      if (connection.url === null) return notSet(area, `${connection.type}, without a URL`);
      const where = `It is connections.${name} of handrail.yaml: ${withoutLogin(connection.url)}`;
      try {
        return ok(area, await reach(name, connection));
      } catch (error) {
        if (error instanceof PortError) {
          return problem(area, `${secrets.scrub(error.message)} ${where}`);
        }
        if (error instanceof DOMException) return problem(area, `No answer in 5 s. ${where}`);
        throw error;
      }
    }),
  );
}

/** A service that is deployed over this connection. */
function placeOf(
  { services }: Settings,
  connection: string,
): { service: string; environment: string } | null {
  for (const [service, { connections, environments }] of Object.entries(services)) {
    const [environment] = environments;
    if (connections['deploys'] === connection && environment !== undefined) {
      return { service, environment };
    }
  }
  return null;
}

function withoutLogin(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}

import { z } from 'zod';

import { deploymentFacts, deploymentHistory, deploymentsRead } from '#domain/deploys/history.ts';

import type { CheckKind } from './check-kind.ts';
import { connectionFor } from './connection.ts';
import { inputsOf, measured } from './outcome.ts';

const With = z.object({
  limit: z.int().min(1).max(deploymentsRead).default(10),
  connection: z.string().optional(),
  service: z.string().optional(),
  environment: z.string().optional(),
});

export const deploysList: CheckKind = {
  async measure(request, { signal }, { deploys, settings, clock }) {
    const { limit, connection: named, ...place } = inputsOf(With, request);
    const { service = request.service, environment = request.environment } = place;
    const wanted = { named, role: 'deploys', types: ['deploy-api'] as const };
    const connection = connectionFor(settings(), { ...request, service }, wanted);
    const target = { connection, service, environment };
    const deployments = await deploys.list(target, deploymentsRead, signal);

    const { startedAt } = request;
    const { suspect } = deploymentHistory(deployments, startedAt);
    const facts = deploymentFacts(deployments, startedAt, clock.now().toISOString());
    const listed = Array.isArray(facts['deployments']) ? facts['deployments'].slice(0, limit) : [];
    return measured(
      { ...facts, deployments: listed },
      suspect === null
        ? 'no deployment within an hour before the start'
        : `${suspect.build} by ${suspect.actor} came just before the start`,
    );
  },
};

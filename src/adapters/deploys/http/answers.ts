import { z } from 'zod';

/** The answers of the contract in `openapi.yaml`. Fields that it does not have are dropped. */

const time = z.iso.datetime({ offset: true });

export const DeploymentList = z.object({
  deployments: z.array(
    z.object({
      id: z.string().min(1),
      build: z.string().min(1),
      commit: z.string().nullable(),
      actor: z.string(),
      kind: z.enum(['deploy', 'rollback']),
      status: z.enum(['running', 'succeeded', 'failed']),
      startedAt: time,
      finishedAt: time.nullable(),
      rolledBackFrom: z.string().nullable(),
      url: z.string().nullable(),
      commits: z.array(z.string()),
      files: z.array(z.string()),
    }),
  ),
});

export const ConfigurationAnswer = z.object({
  deployment: z.string(),
  values: z.record(z.string(), z.object({ value: z.string().nullable(), secret: z.boolean() })),
});

export const Rollback = z.object({
  id: z.string().min(1),
  key: z.string(),
  status: z.enum(['pending', 'running', 'succeeded', 'failed']),
  from: z.string(),
  to: z.string(),
  url: z.string().nullable(),
  message: z.string().nullable(),
});

export const RollbackList = z.object({ rollbacks: z.array(Rollback).max(1) });

export const Freeze = z.object({ frozen: z.boolean(), reason: z.string().nullable() });

export const Problem = z.object({
  code: z.string(),
  message: z.string(),
  current: z.string().optional(),
});

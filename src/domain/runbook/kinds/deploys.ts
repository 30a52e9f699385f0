import { z } from 'zod';

import {
  CONNECTED_PLACE,
  anyJson,
  connectedPlace,
  durationText,
  shape,
  defaultsTo,
} from './shape.ts';
import { noVerdict, READ_OUTCOMES, type StepKind, WRITE_OUTCOMES } from './step-kind.ts';

const deployment = {
  id: z.string().nullish(),
  build: z.string(),
  commit: z.string().nullish(),
  actor: z.string().nullish(),
  at: z.string().nullish(),
  age: durationText.nullish(),
  status: z.string().nullish(),
  url: z.string().nullish(),
};
const Deployment = shape(deployment);

/** `suspect` and `rollbackTarget` are absent, not null, where there is none: `has()` asks for them. */
const deploysList: StepKind = {
  name: 'deploys.list',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...connectedPlace,
    limit: z.int().min(1).max(100).optional().meta(defaultsTo(10, 'How many to list.')),
  }).describe('Reads the deployments, and which of them is suspect.'),
  result: shape({
    deployments: z.array(Deployment),
    current: Deployment.nullish(),
    previous: Deployment.nullish(),
    suspect: shape({
      ...deployment,
      before: durationText.describe('How long before the incident it finished.'),
    }).nullish(),
    rollbackTarget: Deployment.nullish(),
  }),
  inherits: CONNECTED_PLACE,
  connectionRole: 'deploys',
  defaultVerdict: noVerdict,
};

const changesList: StepKind = {
  name: 'changes.list',
  role: 'read',
  outcomes: READ_OUTCOMES,
  with: shape({
    ...connectedPlace,
    from: z
      .string()
      .min(1)
      .optional()
      .describe("The older commit. Default: the one before the suspect's."),
    to: z.string().min(1).optional().describe("The newer commit. Default: the suspect's."),
  }).describe('Reads commits, files and pull requests between two commits.'),
  result: shape({
    commits: z.array(anyJson),
    files: z.array(z.string()).nullish(),
    pullRequests: z.array(anyJson).nullish(),
  }),
  inherits: CONNECTED_PLACE,
  connectionRole: 'code',
  defaultVerdict: noVerdict,
};

const deploysRollback: StepKind = {
  name: 'deploys.rollback',
  role: 'write',
  outcomes: WRITE_OUTCOMES,
  with: shape({
    ...connectedPlace,
    to: z.string().min(1).optional().describe('A deployment id. Default: the rollback target.'),
    from: z.string().min(1).optional().describe('A deployment id. Default: what runs now.'),
  }).describe('Writes: rolls back to an earlier deployment, after its approval.'),
  result: shape({
    id: z.string().nullish(),
    status: z.string(),
    from: z.string().nullish(),
    to: z.string().nullish(),
    url: z.string().nullish(),
  }),
  inherits: CONNECTED_PLACE,
  connectionRole: 'deploys',
  defaultVerdict: noVerdict,
};

function freezing(name: string, what: string): StepKind {
  return {
    name,
    role: 'write',
    outcomes: WRITE_OUTCOMES,
    with: shape({
      ...connectedPlace,
      reason: z.string().min(1).optional().describe('Shown with the freeze.'),
    }).describe(what),
    result: shape({ frozen: z.boolean() }),
    inherits: CONNECTED_PLACE,
    connectionRole: 'deploys',
    defaultVerdict: noVerdict,
  };
}

export const deployKinds: readonly StepKind[] = [
  deploysList,
  changesList,
  deploysRollback,
  freezing('deploys.freeze', 'Writes: stops deployments, after its approval.'),
  freezing('deploys.unfreeze', 'Writes: allows deployments again, after its approval.'),
];

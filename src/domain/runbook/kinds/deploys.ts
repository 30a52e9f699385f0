import { z } from 'zod';

import { CONNECTED_PLACE, anyJson, connectedPlace, durationText, shape } from './shape.ts';
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
    limit: z.int().min(1).max(100).optional().describe('Default: 10.'),
  }),
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
    from: z.string().min(1).optional().describe("Default: the commit before the suspect's."),
    to: z.string().min(1).optional().describe("Default: the suspect's commit."),
  }),
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
  }),
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

function freezing(name: string): StepKind {
  return {
    name,
    role: 'write',
    outcomes: WRITE_OUTCOMES,
    with: shape({
      ...connectedPlace,
      reason: z.string().min(1).optional().describe('Shown with the freeze.'),
    }),
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
  freezing('deploys.freeze'),
  freezing('deploys.unfreeze'),
];

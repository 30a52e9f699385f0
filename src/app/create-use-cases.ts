import { open, type Policed } from './allowed.ts';
import type { App } from './app.ts';
import { createDeclareUseCase } from './declare-use-case.ts';
import { createHomeUseCases } from './home/home-use-cases.ts';
import { createIncidentLookUseCases } from './incident-look-use-cases.ts';
import { createIncidentTimeUseCases } from './incident-time-use-cases.ts';
import { createIncidentUseCases } from './incident-use-cases.ts';
import { createMergeUseCase } from './merge-use-case.ts';
import { createNoteUseCases } from './note-use-cases.ts';
import { createPress } from './press.ts';
import { createReceiveAlert } from './receive-alert.ts';
import { createRedactionUseCases } from './redaction-use-cases.ts';
import { createRunbookUseCases } from './runbook-use-cases.ts';
import { createTokenUseCases } from './token-use-cases.ts';
import { createViewRun } from './view-run.ts';

export function createUseCases(app: App): Policed {
  const runbooks = createRunbookUseCases(app);
  return {
    declareIncident: createDeclareUseCase(app),
    ...createIncidentUseCases(app),
    ...createIncidentTimeUseCases(app),
    ...createIncidentLookUseCases(app),
    ...createNoteUseCases(app),
    mergeIncident: createMergeUseCase(app),
    ...runbooks,
    ...createTokenUseCases(app),
    ...createRedactionUseCases(app),
    ...createHomeUseCases(app),
    press: createPress(app, runbooks),
    viewRun: createViewRun(app),
    receiveAlert: open('a source proves itself at the webhook', createReceiveAlert(app)),
    choices: open('the names are in every form', async () => {
      const { incident, services } = app.runbooks.settings();
      return {
        severities: Object.keys(incident.severities),
        services: Object.entries(services).map(([name, { environments }]) => ({
          name,
          environments,
        })),
        roles: incident.roles.map(({ name }) => name),
      };
    }),
  };
}

import type { App } from './app.ts';
import { createIncidentUseCases } from './incident-use-cases.ts';
import { createPress } from './press.ts';
import { receiveAlert } from './receive-alert.ts';
import { createRedactionUseCases } from './redaction-use-cases.ts';
import { createRunbookUseCases } from './runbook-use-cases.ts';
import { createTokenUseCases } from './token-use-cases.ts';
import type { UseCases } from './use-cases.ts';
import { createViewRun } from './view-run.ts';

export function createUseCases(app: App): UseCases {
  return {
    ...createIncidentUseCases(app),
    ...createRunbookUseCases(app),
    ...createTokenUseCases(app),
    ...createRedactionUseCases(app),
    press: createPress(app),
    viewRun: createViewRun(app),
    receiveAlert: (notification) => receiveAlert(app, notification),
    async choices() {
      const { incident, services } = app.runbooks.settings();
      return {
        severities: Object.keys(incident.severities),
        services: Object.entries(services).map(([name, { environments }]) => ({
          name,
          environments,
        })),
        roles: incident.roles,
      };
    },
  };
}

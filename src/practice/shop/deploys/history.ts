import { BUILDS, shipmentOf, type EnvironmentName } from './builds.ts';
import { pageOf, type Recorded } from './deployment.ts';

const HOUR_MS = 3_600_000;
const ROLL_OUT_MS = 90_000;

/** What was deployed before practice began, oldest first. */
export function historyOf(environment: EnvironmentName, now: Date): Recorded[] {
  return BUILDS.filter(({ hoursAgo }) => hoursAgo !== null).map((build, index) => {
    const { settings, ...built } = shipmentOf(build, environment);
    const startedAt = now.getTime() - (build.hoursAgo?.[environment] ?? 0) * HOUR_MS;
    const id = `${environment}-${index + 1}`;
    return {
      settings,
      deployment: {
        ...built,
        id,
        kind: 'deploy',
        status: 'succeeded',
        startedAt: new Date(startedAt).toISOString(),
        finishedAt: new Date(startedAt + ROLL_OUT_MS).toISOString(),
        rolledBackFrom: null,
        url: pageOf(environment, id),
      },
    };
  });
}

/** One setting of a deployment; the API keeps the value of a secret back. */
export type Setting = { value: string; secret: boolean };
export type Settings = Readonly<Record<string, Setting>>;

/** As the deploy API answers it. */
export type Deployment = {
  id: string;
  build: string;
  commit: string;
  actor: string;
  kind: 'deploy' | 'rollback';
  status: 'running' | 'succeeded' | 'failed';
  startedAt: string;
  finishedAt: string | null;
  rolledBackFrom: string | null;
  url: string;
  commits: readonly string[];
  files: readonly string[];
};

export type Recorded = { deployment: Deployment; settings: Settings };

/** What is to be deployed, before anything is recorded. */
export type Shipment = Pick<Deployment, 'build' | 'commit' | 'actor' | 'commits' | 'files'> & {
  settings: Settings;
};

/** A page for people about a deployment or a rollback. */
export function pageOf(environment: string, id: string): string {
  return `https://deploy.example.com/checkout/${environment}/${id}`;
}

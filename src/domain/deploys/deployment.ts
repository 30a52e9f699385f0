/** One deployment of a service to an environment, newest first in lists. */
export type Deployment = {
  id: string;
  build: string;
  commit: string | null;
  actor: string;
  kind: 'deploy' | 'rollback';
  status: 'running' | 'succeeded' | 'failed';
  startedAt: string;
  /** When it began to take traffic; null until then. */
  finishedAt: string | null;
  /** For a rollback: the deployment it replaced. */
  rolledBackFrom: string | null;
  url: string | null;
  commits: readonly string[];
  files: readonly string[];
};

/** A value is null where the API keeps it back (`secret`). */
export type ConfigurationEntry = { value: string | null; secret: boolean };
export type Configuration = Readonly<Record<string, ConfigurationEntry>>;

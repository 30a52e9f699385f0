import { promises as files } from 'node:fs';
import path from 'node:path';

import { z } from 'zod';

import { configurationOf, readConfiguration } from '#domain/configuration/read-configuration.ts';
import type { Configuration, Deployment } from '#domain/deploys/deployment.ts';
import { deploymentHistory, deploymentsRead } from '#domain/deploys/history.ts';
import type { MeasurementRequest } from '#ports/checks.ts';
import { PortError } from '#ports/port-error.ts';

import type { CheckDeps } from './check-kind.ts';
import { connectionFor } from './connection.ts';
import { repositoryFor } from './repository.ts';

const MAX_FILE_BYTES = 1024 * 1024;

export const Source = z.object({
  deployment: z.string().optional(),
  environment: z.string().optional(),
  env: z.literal(true).optional(),
  file: z.string().optional(),
  path: z.string().optional(),
  ref: z.string().optional(),
  connection: z.string().optional(),
});
export type Source = z.infer<typeof Source>;

/** Where a source is looked for unless it says so itself. */
export type Place = { connection: string | undefined; service: string; environment: string };

/** Reads a configuration; a PortError says why it cannot be read. */
export async function readSource(
  source: Source,
  place: Place,
  request: MeasurementRequest,
  deps: CheckDeps,
  signal: AbortSignal,
): Promise<Configuration> {
  if (source.env === true) return configurationOf(deps.env);
  if (source.file !== undefined) return fromFile(source.file, deps.folders);
  if (source.path !== undefined) {
    return fromRepository({ ...source, path: source.path }, request, deps, signal);
  }

  const { service } = place;
  const named = source.connection ?? place.connection;
  const wanted = { named, role: 'deploys', types: ['deploy-api'] as const };
  const target = {
    connection: connectionFor(deps.settings(), { ...request, service }, wanted),
    service,
    environment: source.environment ?? place.environment,
  };
  const deployments = await deps.deploys.list(target, deploymentsRead, signal);
  const name = source.deployment ?? 'current';
  const id = deploymentId(name, deployments, request.startedAt);
  if (id === null) throw unreadable(`There is no ${name} deployment in ${target.environment}.`);
  return deps.deploys.configuration(target, id, signal);
}

function deploymentId(
  name: string,
  deployments: readonly Deployment[],
  startedAt: string,
): string | null {
  if (name !== 'current' && name !== 'previous' && name !== 'suspect') return name;
  return deploymentHistory(deployments, startedAt)[name]?.id ?? null;
}

/** Below the folders only, links followed: a runbook reads the repository, not the machine. */
async function fromFile(file: string, folders: readonly string[]): Promise<Configuration> {
  let text: string;
  try {
    const found = await locate(file, folders);
    const { size } = await files.stat(found);
    if (size > MAX_FILE_BYTES) throw unreadable(`${file} is longer than 1 MiB.`);
    text = await files.readFile(found, 'utf8');
  } catch (cause) {
    if (cause instanceof PortError) throw cause;
    throw unreadable(`${file} can't be read.`, cause);
  }
  return configurationIn(file, text);
}

async function fromRepository(
  { path: file, ref, connection }: Source & { path: string },
  request: MeasurementRequest,
  { settings, code }: CheckDeps,
  signal: AbortSignal,
): Promise<Configuration> {
  const repository = repositoryFor(settings(), request, connection);
  const bytes = await code.readPath(repository, { path: file, ref: ref ?? null }, signal);
  const where = ref === undefined ? repository.name : `${repository.name} at ${ref}`;
  if (bytes === null) throw unreadable(`There is no ${file} in ${where}.`);
  if (bytes.length > MAX_FILE_BYTES) throw unreadable(`${file} is longer than 1 MiB.`);
  return configurationIn(file, Buffer.from(bytes).toString('utf8'));
}

function configurationIn(file: string, text: string): Configuration {
  const configuration = readConfiguration(file, text);
  if (configuration === null) throw unreadable(`${file} is neither dotenv, JSON nor YAML.`);
  return configuration;
}

/** The last folder's problem is the one that is told. */
async function locate(file: string, [folder, ...others]: readonly string[]): Promise<string> {
  if (folder === undefined) throw unreadable(`${file} can't be read.`);
  try {
    const root = await files.realpath(folder);
    const found = await files.realpath(path.resolve(root, file));
    if (found.startsWith(root + path.sep)) return found;
    throw unreadable(`${file} is outside of the folder.`);
  } catch (error) {
    if (others.length === 0) throw error;
    return locate(file, others);
  }
}

function unreadable(message: string, cause?: unknown): PortError {
  return new PortError('checks.source', message, { retry: false, cause });
}

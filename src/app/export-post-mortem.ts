import { bot } from '#domain/ids.ts';
import type { ExportedPostMortem } from '#domain/incident/post-mortem-export.ts';
import { postMortemRepository } from '#domain/runbook/code-repository.ts';
import type { Settings } from '#domain/runbook/settings.ts';
import { fillPostMortem } from '#domain/timeline/fill-post-mortem.ts';
import { readRecord } from '#domain/timeline/incident-record.ts';
import { escapeMarkdown, withoutControls, withoutReferences } from '#domain/timeline/markdown.ts';
import { postMortem, postMortemSections } from '#domain/timeline/post-mortem.ts';
import type { RecordedEvent } from '#domain/timeline/recorded-event.ts';
import type { CodeHost, Repository } from '#ports/code-host.ts';
import { PortError } from '#ports/port-error.ts';
import type { Sha256 } from '#ports/sha256.ts';

import type { App } from './app.ts';
import { execute } from './execute.ts';
import { load } from './load.ts';

export type ExportDeps = {
  code: Pick<CodeHost, 'readPath' | 'proposeFile' | 'openIssue'>;
  settings: Settings;
  sha256: Sha256;
};

/** A pull request is several writes, which GitHub wants to be seconds apart. */
const timeoutMs = 180_000;

/**
 * The post-mortem as a pull request, and each follow-up as an issue. Done again it finds those that
 * are there, and makes what is missing. PortError for whatever kept it from being done.
 */
export async function exportPostMortem(
  deps: ExportDeps,
  id: string,
  events: readonly RecordedEvent[],
  stopped: AbortSignal,
): Promise<ExportedPostMortem> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([stopped, deadline]);
  try {
    return await exported(deps, id, events, signal);
  } catch (error) {
    stopped.throwIfAborted();
    if (!deadline.aborted) throw error;
    const message = 'GitHub took too long; asked again it goes on where it was.';
    throw new PortError('postmortem.timeout', message, { retry: true, cause: error });
  }
}

async function exported(
  { code, settings, sha256 }: ExportDeps,
  id: string,
  events: readonly RecordedEvent[],
  signal: AbortSignal,
): Promise<ExportedPostMortem> {
  const found = postMortemRepository(settings);
  if (found?.ok !== true) {
    throw notPossible(
      found?.message ??
        'Name a repository under `postmortem` in the settings to have post-mortems as pull requests.',
    );
  }
  const { repository } = found;
  const { template, path: folder } = settings.postmortem;
  const { incident, title, entries } = readRecord(id, events);
  const text =
    template === null
      ? postMortem(id, events)
      : await filled(code, { repository, template, id, events }, signal);
  if (text === null || incident === null) throw notPossible(`${id} is no incident.`);

  const drill = incident.drill ? 'Drill: ' : '';
  const path = [folder, `${id}.md`].filter((part) => part !== '').join('/');
  const head = events.at(-1)?.hash ?? '';
  const pullRequest = await code.proposeFile(
    repository,
    {
      branch: `handrail/postmortem-${id}`,
      path,
      text,
      title: `${drill}Post-mortem: ${plainTitle(title)}`,
      body: [
        `What the record of ${id} knows. What only people know is marked: _to be filled in_.`,
        `${entries.length} entries of the timeline, up to the record's head \`${head}\`.`,
      ].join('\n\n'),
    },
    signal,
  );
  const issues = [];
  for (const followUp of incident.followUps) {
    const issue = {
      marker: `<!-- handrail:follow-up ${id} ${sha256(followUp).slice(0, 12)} -->`,
      title: `${drill}${plainTitle(followUp)}`,
      body: `A follow-up of ${escapeMarkdown(title)} (${id}). Post-mortem: ${pullRequest.url}`,
      since: incident.declaredAt,
    };
    issues.push(await code.openIssue(repository, issue, signal));
  }
  return { pullRequest, issues };
}

async function filled(
  code: ExportDeps['code'],
  given: {
    repository: Repository;
    template: string;
    id: string;
    events: readonly RecordedEvent[];
  },
  signal: AbortSignal,
): Promise<string | null> {
  const { repository, template, id, events } = given;
  const sections = postMortemSections(id, events);
  if (sections === null) return null;
  const bytes = await code.readPath(repository, { path: template, ref: null }, signal);
  if (bytes === null) {
    throw notPossible(`There is no ${template} in ${repository.name} to write the post-mortem by.`);
  }
  const written = fillPostMortem(new TextDecoder().decode(bytes), sections);
  if (!written.ok) throw notPossible(written.message);
  return written.text;
}

/** Nothing about the incident waits for it: what went wrong stands on the card, with the button. */
export async function exportForIncident(
  app: App,
  stream: string,
  stopped: AbortSignal,
): Promise<void> {
  const { events } = await load(app, stream);
  const settings = app.runbooks.settings();
  const outcome = await exportPostMortem({ ...app, settings }, stream, events, stopped).catch(
    (error: unknown) => {
      if (!(error instanceof PortError)) throw error;
      app.log.warn({ error, stream }, 'a post-mortem could not be exported');
      return { failed: error.message };
    },
  );
  const at = app.clock.now().toISOString();
  await execute(app, stream, () => [{ type: 'ReportExport', at, actor: bot, outcome }]);
}

/** Of a pull request it is the commit's message, too. */
function plainTitle(text: string): string {
  return withoutReferences(withoutControls(text).replaceAll(/\s+/g, ' ').trim());
}

function notPossible(message: string): PortError {
  return new PortError('postmortem.repository', message, { retry: false });
}

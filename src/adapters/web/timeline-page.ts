import { createHash } from 'node:crypto';

import { html, raw } from 'hono/html';

import { copiesIn } from '#domain/timeline/copies-in.ts';
import type { Entry } from '#domain/timeline/entries.ts';
import type { IncidentRecord } from '#domain/timeline/incident-record.ts';
import { withoutControls } from '#domain/timeline/markdown.ts';
import { dayOf, timeOfDay } from '#domain/timeline/time-text.ts';
import { timelineFacts } from '#domain/timeline/timeline-markdown.ts';

import { timelineStyle } from './timeline-style.ts';

/**
 * The timeline as one page without scripts, which loads nothing and may be opened from a file. Its
 * policy allows its own style and no more. What people and alerts wrote is text, whatever it looks
 * like, and may not turn the direction of what stands around it.
 */
export async function timelinePage(
  record: IncidentRecord,
  pictures: Pictures = {},
): Promise<string> {
  const { id, entries } = record;
  const title = withoutControls(record.title);
  const days = [...Map.groupBy(entries, ({ at }) => dayOf(at))];
  const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${id}: ${title}</title>
        ${raw(`<style>${timelineStyle}</style>`)}
      </head>
      <body>
        <header>
          <h1>${id}: <bdi>${title}</bdi></h1>
          <ul>
            ${timelineFacts(record).map((fact) => html`<li><bdi>${withoutControls(fact)}</bdi></li>`)}
          </ul>
        </header>
        <main>
          ${days.map(
            ([day, ofDay]) =>
              html`<h2>${day}, times are UTC</h2>
                <ol>
                  ${ofDay.map((entry) => entryItem(entry, pictures))}
                </ol>`,
          )}
        </main>
        <footer>
          ${entries.length} entries. The record ends with ${entries.at(-1)?.hash ?? 'nothing'}.
        </footer>
      </body>
    </html>`;
  return `${(await page).toString().trim()}\n`;
}

/** Pictures of notes as `data:` URLs, by the keys of their copies. */
export type Pictures = Readonly<Record<string, string>>;

function entryItem({ seq, at, actor, text, kind, evidence }: Entry, pictures: Pictures) {
  const verdict = evidence?.['verdict'];
  const look = verdict === 'fail' || verdict === 'pass' ? `${kind} ${verdict}` : kind;
  const folded =
    evidence === null
      ? ''
      : html`<details>
          <summary>Evidence</summary>
          <pre>${withoutControls(JSON.stringify(evidence, null, 2))}</pre>
        </details>`;
  return html`<li id="${seq}" class="${look}">
    <div>
      <time datetime="${at}">${timeOfDay(at)}</time><a class="seq" href="#${seq}">${seq}</a>
    </div>
    <div>
      <bdi class="who">${withoutControls(actor.name)}</bdi>
      <bdi class="text">${withoutControls(text)}</bdi>${picturesOf(evidence, pictures)}${folded}
    </div>
  </li>`;
}

function picturesOf(evidence: Entry['evidence'], pictures: Pictures) {
  return copiesIn(evidence).map(({ copy, name }) => {
    const data = pictures[copy];
    return data === undefined ? '' : html`<img src="${data}" alt="${name}" />`;
  });
}

const styleHash = createHash('sha256').update(timelineStyle).digest('base64');

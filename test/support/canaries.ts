import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

import { type Kysely, sql } from 'kysely';

import type { Tables } from '#adapters/store/tables.ts';

/** Ways in which a value may be written down and still be had from there. */
function spellings(value: string): { plain: string[]; base64: string[] } {
  const bytes = Buffer.from(value);
  const after = (count: number) => Buffer.concat([Buffer.alloc(count, ' '), bytes]);
  return {
    plain: [
      value,
      bytes.toString('hex'),
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
    ],
    base64: [0, 1, 2].map((count) => after(count).toString('base64')),
  };
}

/** The names of the secrets that stand in a text, in whatever form, and however it was wrapped. */
export function canariesIn(text: string, canaries: Readonly<Record<string, string>>): string[] {
  const close = text.replaceAll(/\s+/g, '');
  const stands = (value: string) => {
    const { plain, base64 } = spellings(value);
    // The inner part is the same whatever stands around the value.
    const wanted = [...plain, ...base64.map((one) => one.slice(4, -4))];
    return wanted.some((one) => text.includes(one) || close.includes(one.replaceAll(' ', '')));
  };
  return Object.entries(canaries)
    .filter(([, value]) => stands(value))
    .map(([name]) => name);
}

/** All rows of all tables, each table as one text. */
export async function tablesAsText(db: Kysely<Tables>): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')
      and has_table_privilege(format('%I.%I', table_schema, table_name), 'select')
  `.execute(db);
  const found: Record<string, string> = {};
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`
      select row_to_json(t)::text as row from ${sql.raw(name)} t`.execute(db);
    found[name] = rows.rows.map(({ row }) => row).join('\n');
  }
  return found;
}

export async function filesAsText(folder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const file of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const name = path.join(file.parentPath, file.name);
    if (file.isFile()) found[name] = await readFile(name, 'latin1');
  }
  return found;
}

function escapedWhole(text: string): string {
  return text
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** A target that shows whoever calls it all that it was sent, in as many ways as it can. */
export async function serveEcho() {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    const sent = Object.values(request.headers).flatMap((value) => value ?? []);
    const said = sent.flatMap((value) => {
      const basic = /^Basic (.+)$/.exec(value)?.[1];
      return [value, ...(basic === undefined ? [] : [Buffer.from(basic, 'base64').toString()])];
    });
    const text = said.flatMap((value) => Object.values(spellings(value)).flat()).join('\n');
    const isQuery = request.url?.includes('/api/v1/query') === true;
    const labels = Object.fromEntries(said.map((value, at) => [`label${at}`, value]));
    const answer = isQuery
      ? {
          status: 'success',
          data: { resultType: 'vector', result: [{ metric: labels, value: [0, said.join()] }] },
        }
      : { error: text, message: text, detail: text, title: said.join(), value: said.join(), said };
    response.writeHead(isQuery ? 200 : 500, said.join(' ').replaceAll(/[^ -~]/g, ''), {
      'content-type': 'application/json',
      'x-echo': encodeURIComponent(text).slice(0, 2_000),
    });
    // Also where nobody looks before it is read: as the name of a value, its letters escaped one by one.
    const named = said.map((value) => `"${escapedWhole(value)}":"${escapedWhole(value)}"`).join();
    response.end(JSON.stringify(answer).replace(/^\{/, `{"named":{${named}},`));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`,
    asked: () => asked,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

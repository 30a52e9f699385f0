import { objectOf, textOf, textsOf, type JsonObject } from '#domain/json.ts';
import type { PlanView } from '#ports/chat-messages.ts';

/** A rollback's plan as people read it. */
export function planView(plan: JsonObject, expiresAt: string | null): PlanView {
  const from = textOf(objectOf(plan['from'])['build'], 'unknown');
  const to = textOf(objectOf(plan['to'])['build'], 'unknown');
  const commits = textsOf(plan['commits']);
  const files = textsOf(plan['files']);
  const keys = textsOf(plan['configKeys']);
  const migrations = textsOf(plan['migrations']);
  return {
    what: `Roll back ${textOf(plan['service'])}`,
    where: textOf(plan['environment']),
    from,
    to,
    details: [
      `Build ${to} began to take traffic ${textOf(plan['age'], 'some time')} ago`,
      counted(commits, 'commit', 'goes', 'go'),
      keys.length === 0 ? 'No setting changes' : `Settings that change: ${keys.join(', ')}`,
      ...(files.length === 0 ? [] : [`Files: ${shortened(files)}`]),
    ],
    warnings:
      migrations.length === 0 ? [] : [`Crosses database migrations: ${shortened(migrations)}`],
    expiresAt,
  };
}

function counted(items: readonly string[], what: string, one: string, many: string): string {
  if (items.length === 0) return `No ${what}s go away`;
  return items.length === 1
    ? `1 ${what} ${one} away: ${items[0]}`
    : `${items.length} ${what}s ${many} away: ${shortened(items)}`;
}

function shortened(items: readonly string[]): string {
  const shown = items.slice(0, 5).join(', ');
  return items.length > 5 ? `${shown} and ${items.length - 5} more` : shown;
}

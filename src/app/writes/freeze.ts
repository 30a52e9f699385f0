import { textOf } from '#domain/json.ts';

import { targetOf } from './target.ts';
import { ended, type WriteKind } from './write-kind.ts';

const over = { role: 'deploys', types: ['deploy-api'] } as const;

export const freeze = freezing('deploys.freeze', true);
export const unfreeze = freezing('deploys.unfreeze', false);

/** Holds deploys back, or lets them through again. Doing it twice is as good as once. */
function freezing(uses: string, frozen: boolean): WriteKind {
  const [done, already] = frozen
    ? ['Deploys are frozen', 'Deploys are frozen already']
    : ['Deploys go through again', 'Deploys go through already'];
  return {
    uses,

    async plan(deps, request, approved, signal) {
      const target = targetOf(deps, request, over, approved ?? {});
      const now = await deps.deploys.readFreeze(target, signal);
      if (now.frozen === frozen) {
        const why = now.reason === null ? '' : `: ${now.reason}`;
        return { kind: 'notNeeded', message: already + why };
      }
      const plan = {
        action: uses,
        ...target,
        from: wordOf(now.frozen),
        to: wordOf(frozen),
        reason: textOf(request.with['reason']),
      };
      return { kind: 'plan', plan, bound: plan, migrations: [] };
    },

    async send(deps, { request, plan, reason }, signal) {
      const target = targetOf(deps, request, over, plan);
      const given = textOf(plan['reason']);
      const why = given === '' ? reason : `${given} (${reason})`;
      const answer = await deps.deploys.setFreeze(target, { frozen, reason: why }, signal);
      return answer.kind === 'set'
        ? ended('succeeded', done, { frozen })
        : ended('failed', answer.message);
    },

    async lookUp(deps, { request, plan }, signal) {
      const now = await deps.deploys.readFreeze(targetOf(deps, request, over, plan), signal);
      return now.frozen === frozen ? ended('succeeded', done, { frozen }) : null;
    },

    words(plan) {
      const [from, to, reason] = ['from', 'to', 'reason'].map((key) => textOf(plan[key]));
      const verb = frozen ? 'Freeze' : 'Unfreeze';
      return {
        what: `${verb} deploys of ${textOf(plan['service'])}`,
        from: from ?? '',
        to: to ?? '',
        change: frozen ? 'no deploy goes through until it is unfrozen' : 'deploys go through again',
        short: '',
        approve: `Approve ${verb.toLowerCase()}`,
        details: [
          ...(reason ? [`Why: ${reason}`] : []),
          ...(frozen ? ['A rollback still works while deploys are frozen'] : []),
        ],
        warnings: [],
      };
    },
  };
}

function wordOf(frozen: boolean): string {
  return frozen ? 'frozen' : 'open';
}

import { BUILDS, shipmentOf } from '#practice/shop/deploys/builds.ts';
import type { Environment } from '#practice/shop/deploys/environment.ts';

import type { Fault } from './fault.ts';

const bad = '1842';

/** Off again by a rollback that somebody else does by hand. */
export function badBuild(production: Environment): Fault {
  let rollbacks = 0;

  function newest() {
    return production.list(20).find(({ status }) => status !== 'failed');
  }

  return {
    id: 'bad-build',
    title: 'Bad build deployed',
    sentence: `Build ${bad} ships addresses of payment gateways that are wrong in production: no order can be paid.`,
    isOn: () => newest()?.build === bad,

    async set(on) {
      if (on) {
        const build = BUILDS.find((one) => one.build === bad);
        if (build === undefined) return `There is no build ${bad}.`;
        const begun = production.deploy(shipmentOf(build, 'production'));
        return 'refused' in begun ? begun.why : null;
      }
      const from = newest();
      const to = production
        .list(100)
        .find(({ build, status }) => build !== bad && status === 'succeeded');
      if (from === undefined || to === undefined) return 'There is nothing to go back to.';
      rollbacks += 1;
      const answer = production.startRollback(`by-hand-${rollbacks}`, {
        from: from.id,
        to: to.id,
        reason: 'Rolled back by hand',
      });
      return answer.kind === 'accepted' ? null : 'Another change is under way.';
    },
  };
}

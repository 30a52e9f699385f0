import { allowed, type Policed } from '#app/allowed.ts';
import type { App } from '#app/app.ts';
import { done } from '#app/reply.ts';

import { homeJob } from './home-jobs.ts';
import { checkItself } from './last-check.ts';
import { noteOpened } from './opened.ts';

const words = { ok: 'OK', problem: 'Problem', notSet: 'Not set' } as const;

export function createHomeUseCases(app: App): Pick<Policed, 'openHome' | 'selfCheck'> {
  return {
    openHome: allowed(app, 'home.look', async ({ by }) => {
      await noteOpened(app, by);
      await app.jobs.enqueue(homeJob(by.id, by.name));
      return done(null);
    }),

    selfCheck: allowed(app, 'product.check', async ({ origin }) => {
      const { findings } = await checkItself(app);
      // A home shows it itself, from where no channel is given.
      if (origin.channel === null) return done(null);
      return done(
        findings.map(({ area, status, text }) => `${words[status]} · ${area}: ${text}`).join('\n'),
      );
    }),
  };
}

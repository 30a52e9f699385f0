import { bot } from '#domain/ids.ts';
import { textOf } from '#domain/json.ts';
import { dueEffects, isKnownEffect } from '#domain/stream/effects.ts';
import type { Task } from '#ports/jobs.ts';
import { PortError } from '#ports/port-error.ts';

import type { App } from './app.ts';
import { archiveChannel } from './archive-channel.ts';
import { declareForRun } from './declare-for-run.ts';
import { execute } from './execute.ts';
import { exportForIncident } from './export-post-mortem.ts';
import { keepPicture } from './keep-picture.ts';
import { load, mustUnderstand } from './load.ts';
import { measure } from './measure.ts';
import { observe } from './observe.ts';
import { openChannel } from './open-channel.ts';
import { passOn } from './pass-on.ts';
import { plan } from './plan.ts';
import { write } from './write.ts';

/**
 * Does one due effect. The stream is asked first: what has been done, or is no longer wanted, is no
 * longer due, so a job that runs twice or late does no harm.
 */
export function performEffect(app: App): Task {
  return async (payload, signal) => {
    const streamId = textOf(payload['stream']);
    const loaded = await load(app, streamId);
    mustUnderstand(loaded);
    const { stream } = loaded;
    const effect = dueEffects(stream).find((one) => one.id === payload['effect']);
    if (effect === undefined) {
      if (isKnownEffect(textOf(payload['effect']))) return;
      throw new PortError('record.newer', 'A newer version of Handrail knows what this is.', {
        retry: true,
      });
    }

    switch (effect.type) {
      case 'Measure':
        return measure(app, stream, effect, signal);
      case 'Observe':
        return observe(app, stream, effect, signal);
      case 'Plan':
        return plan(app, stream, effect, signal);
      case 'Write':
        return write(app, streamId, effect, signal);
      case 'DeclareIncident':
        return declareForRun(app, stream, effect);
      case 'OpenChannel':
        return openChannel(app, stream);
      case 'KeepPicture':
        return keepPicture(app, streamId, effect);
      case 'ArchiveChannel':
        return archiveChannel(app, stream);
      case 'PassOn':
        return passOn(app, stream);
      case 'Remind': {
        const { type, due } = effect;
        const at = app.clock.now().toISOString();
        await execute(app, streamId, () => [{ type, due, at, actor: bot }]);
        return;
      }
      case 'ExportPostMortem':
        return exportForIncident(app, streamId, signal);
      case 'Wake': {
        // It is due by the queue's clock; ours may be behind, and must not refuse it for that.
        const now = app.clock.now().toISOString();
        const at = now > effect.runAt ? now : effect.runAt;
        await execute(app, streamId, () => [{ ...effect.command, at, actor: bot }]);
        return;
      }
      default:
        return effect satisfies never;
    }
  };
}

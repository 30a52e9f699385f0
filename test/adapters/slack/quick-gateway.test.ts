import { describe, expect, it } from 'vitest';

import type { Gateway } from '#adapters/slack/gateway.ts';
import { quickGateway } from '#adapters/slack/quick-gateway.ts';
import { PortError } from '#ports/port-error.ts';

import { createManualTime } from './manual-time.ts';

describe('the gateway of a person who waits', () => {
  it('gives up on a call after four seconds, and asks nothing for the next thirty', async () => {
    const time = createManualTime();
    let calls = 0;
    const never: Gateway = {
      call: () => {
        calls += 1;
        return new Promise(() => {});
      },
    };
    const gateway = quickGateway(never, time);

    const first = gateway.call('users.info', {}).catch((error: unknown) => error);
    await time.advance(4_000);
    expect(await first).toMatchObject({ code: 'slack.silent', retry: true });

    await expect(gateway.call('users.info', {})).rejects.toMatchObject({ code: 'slack.silent' });
    expect(calls).toBe(1);

    await time.advance(30_000);
    void gateway.call('users.info', {}).catch(() => {});
    expect(calls).toBe(2);
  });

  it('passes answers and refusals on: they are no silence', async () => {
    const refusing: Gateway = {
      call: async (method) => {
        if (method === 'users.info') return { ok: true };
        throw new PortError('no_such_subteam', 'refused', { retry: false });
      },
    };
    const gateway = quickGateway(refusing, createManualTime());

    await expect(gateway.call('usergroups.users.list', {})).rejects.toMatchObject({
      code: 'no_such_subteam',
    });
    expect(await gateway.call('users.info', {})).toEqual({ ok: true });
  });

  it('takes Slack’s limit for no silence, unless Slack has been silent since it last answered', async () => {
    const time = createManualTime();
    const outcomes = ['ratelimited', 'service_unavailable', 'ratelimited', null, 'ratelimited'];
    const busy: Gateway = {
      call: async () => {
        const code = outcomes.shift() ?? null;
        if (code !== null) throw new PortError(code, 'later', { retry: true });
        return { ok: true };
      },
    };
    const gateway = quickGateway(busy, time);
    const codeOf = async () => {
      const error: unknown = await gateway
        .call('users.info', {})
        .catch((reason: unknown) => reason);
      return error instanceof PortError ? error.code : 'ok';
    };

    expect(await codeOf()).toBe('ratelimited');
    expect(await codeOf()).toBe('service_unavailable');
    await time.advance(30_000);
    expect(await codeOf()).toBe('slack.silent');
    expect(await codeOf()).toBe('slack.silent');
    await time.advance(30_000);
    expect(await codeOf()).toBe('ok');
    expect(await codeOf()).toBe('ratelimited');
  });

  it('is silent where there is no token to ask with', async () => {
    await expect(quickGateway(null).call('users.info', {})).rejects.toMatchObject({ retry: true });
  });
});

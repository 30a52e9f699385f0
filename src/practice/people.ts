import type { SlackWorkspaceOptions } from './slack/options.ts';

/** Who works at the practice shop. */
export const ana = 'U0ANA';
export const ben = 'U0BEN';
export const cleo = 'U0CLEO';
export const dan = 'U0DAN';

export const workplace: SlackWorkspaceOptions = {
  people: [
    { id: ana, name: 'ana', realName: 'Ana (responder)' },
    { id: ben, name: 'ben', realName: 'Ben (second responder)' },
    { id: cleo, name: 'cleo', realName: 'Cleo (commander)' },
    { id: dan, name: 'dan', realName: 'Dan (bystander)' },
  ],
  usergroups: [
    { id: 'S0PAYMENTS', handle: 'payments', name: 'Payments', members: [ana, ben, cleo] },
    { id: 'S0ONCALL', handle: 'payments-oncall', name: 'Payments on-call', members: [ana, ben] },
  ],
  channels: [
    {
      name: 'checkout',
      topic: 'The checkout service',
      members: [ana, ben, cleo, dan],
      withApp: true,
    },
    {
      name: 'incidents',
      topic: 'Announcements of incidents',
      members: [ana, ben, cleo, dan],
      withApp: true,
    },
  ],
};

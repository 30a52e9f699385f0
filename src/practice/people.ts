import type { SlackWorkspaceOptions } from './slack/options.ts';

/** Who works at the practice shop. */
export const ana = 'U0ANA';
export const ben = 'U0BEN';
export const cleo = 'U0CLEO';
export const dan = 'U0DAN';

export const workplace: SlackWorkspaceOptions = {
  app: {
    name: 'Handrail',
    commands: [
      {
        command: '/incident',
        description: 'Declare, note, resolve; bare for a menu',
        usageHint:
          'declare [title] | note [at 09:16] text | update | status | timeline | role | handover | resolve | list',
        shouldEscape: true,
      },
      {
        command: '/runbook',
        description: 'List, start or stop a runbook; bare for a menu',
        usageHint: 'list | start id | status | stop',
        shouldEscape: true,
      },
    ],
    shortcuts: [
      { type: 'message', callbackId: 'add_to_timeline', name: 'Add to timeline' },
      { type: 'message', callbackId: 'declare_incident', name: 'Declare an incident' },
    ],
  },
  people: [
    { id: ana, name: 'ana', realName: 'Ana', title: 'Responder' },
    { id: ben, name: 'ben', realName: 'Ben', title: 'Second responder' },
    { id: cleo, name: 'cleo', realName: 'Cleo', title: 'Commander', admin: true },
    { id: dan, name: 'dan', realName: 'Dan', title: 'Bystander' },
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

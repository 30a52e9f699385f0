import { Refusal } from '#practice/slack/refusal.ts';

import { type Method, page } from './call.ts';
import { wirePerson } from './wire.ts';

/** Who is in the workspace. `withEmail` says whether the app may read addresses. */
export function peopleMethods(withEmail: boolean): Readonly<Record<string, Method>> {
  return {
    'users.info'(call, world) {
      const person = world.people.get(call.need('user'));
      if (person === undefined) throw new Refusal('user_not_found');
      return { user: wirePerson(world, person, withEmail) };
    },

    'users.list'(call, world) {
      const { items, metadata } = page(call, [...world.people.values()], 200);
      return {
        members: items.map((person) => wirePerson(world, person, withEmail)),
        response_metadata: metadata,
      };
    },

    'users.lookupByEmail'(call, world) {
      const email = call.need('email').toLowerCase();
      const person = [...world.people.values()].find(
        (other) => other.kind !== 'deactivated' && other.email.toLowerCase() === email,
      );
      if (person === undefined) throw new Refusal('users_not_found');
      return { user: wirePerson(world, person, withEmail) };
    },

    'usergroups.list'(call, world) {
      return {
        usergroups: world.usergroups.map(({ members, ...group }) => ({
          ...group,
          team_id: world.teamId,
          is_usergroup: true,
          user_count: members.length,
          ...(call.flag('include_users') ? { users: members } : {}),
        })),
      };
    },

    'usergroups.users.list'(call, world) {
      const id = call.need('usergroup');
      const group = world.usergroups.find((other) => other.id === id);
      if (group === undefined) throw new Refusal('no_such_subteam');
      return { users: group.members };
    },

    'team.info': (_call, world) => ({
      team: { id: world.teamId, name: world.teamName, domain: world.teamName.toLowerCase() },
    }),
  };
}

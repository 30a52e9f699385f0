import type { SlackDirectory } from '#adapters/slack/directory.ts';
import { PortError } from '#ports/port-error.ts';
import type { Line } from '#test/simulation/engine/line.ts';
import type { Machine } from '#test/simulation/engine/machine.ts';
import type { Schedule } from '#test/simulation/engine/schedule.ts';

export type Person = { id: string; name: string; active: boolean; groups: readonly string[] };

export const ana: Person = { id: 'U-ANA', name: 'ana', active: true, groups: ['payments'] };
export const ben: Person = { id: 'U-BEN', name: 'ben', active: true, groups: ['payments-oncall'] };
export const cleo: Person = {
  id: 'U-CLEO',
  name: 'cleo',
  active: true,
  groups: ['incident-commanders'],
};
/** Works here, and belongs to no group that may do anything. */
export const dan: Person = { id: 'U-DAN', name: 'dan', active: true, groups: [] };
/** A guest. */
export const gus: Person = { id: 'U-GUS', name: 'gus', active: false, groups: ['payments-oncall'] };

export const people = [ana, ben, cleo, dan, gus] as const;

const freshMs = 5_000;

/** Who is in what, when; somebody may leave a group while an incident goes on. */
export type Directory = {
  directoryOf(machine: Machine): SlackDirectory;
  leave(person: string, group: string): void;
  /** Whether the person was in the group at that moment. */
  wasIn(person: string, group: string, at: number): boolean;
};

export function createDirectory(deps: { schedule: Schedule; line: Line }): Directory {
  const { schedule, line } = deps;
  const left = new Map<string, number>();

  function isIn(person: Person, group: string, at: number): boolean {
    return person.groups.includes(group) && at < (left.get(`${person.id} ${group}`) ?? Infinity);
  }

  function groupsNow(id: string): string[] {
    const person = people.find((one) => one.id === id);
    return person?.groups.filter((group) => isIn(person, group, schedule.now())) ?? [];
  }

  function membersNow(group: string): string[] {
    return people.filter((one) => isIn(one, group, schedule.now())).map(({ id }) => id);
  }

  /** As the product's own: an answer is good for five seconds, and who asks meanwhile waits for it, too. */
  function fresh<T>(machine: Machine, what: string, serve: (id: string) => T) {
    const known = new Map<string, { at: number; answer: Promise<T> }>();
    return (id: string): Promise<T> => {
      const now = schedule.now();
      const before = known.get(id);
      if (before !== undefined && now - before.at < freshMs) return before.answer;
      const answer = machine.call(line, what, () => serve(id));
      known.set(id, { at: now, answer });
      answer.catch(() => known.delete(id));
      return answer;
    };
  }

  return {
    leave: (person, group) => left.set(`${person} ${group}`, schedule.now()),
    wasIn: (id, group, at) => people.some((one) => one.id === id && isIn(one, group, at)),

    directoryOf(machine) {
      const person = fresh(machine, 'person', (id) => people.find((one) => one.id === id));
      const members = fresh(machine, 'members', membersNow);
      const groups = fresh(machine, 'groupsOf', groupsNow);
      return {
        async person(id) {
          const found = await person(id);
          if (found === undefined) throw new PortError('unknown', 'Nobody.', { retry: false });
          return { id, name: found.name, active: found.active };
        },
        // What can't be read admits nobody.
        members: (group) => members(group).catch(() => []),
        async groupsOf(id, among) {
          if (among.length === 0) return [];
          const found = await groups(id).catch(() => []);
          return found.filter((group) => among.includes(group));
        },
        unread: () => [],
        utcOffset: async () => 0,
      };
    },
  };
}

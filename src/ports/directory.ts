export type Person = {
  id: string;
  name: string;
  /** False for a bot, a guest, a deactivated or an unknown account: may do nothing. */
  active: boolean;
};

/** Who people are and which groups of the settings they belong to, as of now. */
export interface Directory {
  person(id: string): Promise<Person>;
  /** Members' ids; empty when the group is unknown, empty or cannot be read: default deny. */
  members(group: string): Promise<readonly string[]>;
  groupsOf(person: string): Promise<readonly string[]>;
}

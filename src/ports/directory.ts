export type Person = {
  /** One spelling for an account, whichever it was asked by. */
  id: string;
  name: string;
  /** False for a bot, a guest, somebody of another company, a deactivated or an unknown account. */
  active: boolean;
  /** An admin or an owner of the workspace. */
  admin?: boolean;
  /** Chat gave no answer: nothing is known of them now. */
  unanswered?: true;
};

/** Who people are and which groups of the settings they belong to, as of now. */
export interface Directory {
  person(id: string): Promise<Person>;
  /** Members' ids; empty when the group is unknown, empty or cannot be read: default deny. */
  members(group: string): Promise<readonly string[]>;
  /** Those of these groups that a person is in. Each costs a question to chat. */
  groupsOf(person: string, among: readonly string[]): Promise<readonly string[]>;
  /** Groups whose members could not be had when they were last asked for; nobody counts as one. */
  unread(): readonly string[];
}

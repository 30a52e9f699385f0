/** Something that can go wrong in the shop, for a person to switch on and off. */
export type Fault = {
  id: string;
  title: string;
  /** What happens then, in a sentence. */
  sentence: string;
  /** Asked of the shop itself, so that what somebody else mends is off. */
  isOn: () => boolean;
  /** In force, or under way, when it returns. Null, or why it was not done. */
  set(on: boolean): Promise<string | null>;
};

/** Something that goes wrong in the practice shop. How it ends is up to those who answer it. */
export type Scenario = {
  name: string;
  title: string;
  /** What is to be learnt from it, in a sentence. */
  sentence: string;
  /** Breaks the shop through its control API. */
  begin(controlUrl: string): Promise<void>;
  /** What has happened then, for whoever sits before the terminal. */
  begun: string;
  /** What has to be done outside of Slack, and does not happen by itself. */
  chores: readonly Chore[];
};

export type Chore = {
  /** What stands on the button by which a person says that it is done. */
  button: RegExp;
  /** What a person types at the terminal of practice to do it. */
  word: string;
  /** What that means. */
  meaning: string;
  /** What somebody outside does then, some seconds later. */
  done(controlUrl: string): Promise<void>;
};

/** Something that goes wrong in the practice shop. How it ends is up to those who answer it. */
export type Scenario = {
  name: string;
  title: string;
  /** Breaks the shop through its control API. */
  begin(controlUrl: string): Promise<void>;
  /** What has happened then, for whoever sits before the terminal. */
  begun: string;
  /** What scripted responders look for, in order, among what stands out; the first asks for an approval. */
  answers: readonly [RegExp, ...RegExp[]];
};

/** Something that goes wrong in the practice shop. How it ends is up to those who answer it. */
export type Scenario = {
  name: string;
  title: string;
  /** Breaks the shop through its control API. */
  begin(controlUrl: string): Promise<void>;
};

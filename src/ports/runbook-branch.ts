/** What is there of a branch, on this machine. */
export type BranchCheckout = {
  /** `acme/runbooks@main`. */
  name: string;
  /** Holds the files of `commit` and nothing else; both null as long as there never was any. */
  folder: string | null;
  commit: string | null;
  /** Why the newest commit is not known, in a sentence. */
  problem: string | null;
};

/** The branch that runbooks are loaded from, where the settings name one. */
export interface RunbookBranch {
  /** Null: runbooks are in the folder of the settings. */
  current(): BranchCheckout | null;
  /** Looks for a newer commit; resolves when it is there, or when it is known why it is not. */
  refresh(signal: AbortSignal): Promise<void>;
}

/** New names for new things; unique over all replicas and short enough to type. */
export interface Ids {
  /** `inc-20261124-k3f9t2`. */
  incident(at: Date): string;
  /** `run-20261124-k3f9t2`. */
  run(at: Date): string;
  /** A personal token: `hrt_` and what nobody can guess, without a character that chat would format. */
  token(): string;
}

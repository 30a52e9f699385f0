/**
 * A value that never shows itself: as a string, as JSON and inspected it reads `[secret]`. Only
 * `reveal()` has it, and only an adapter that is about to send it calls that.
 */
export type Secret = {
  readonly name: string;
  reveal(): string;
  toString(): string;
  toJSON(): string;
};

export interface Secrets {
  /**
   * Fills every `${{ secrets.NAME }}` of a text, such as a connection's `token`. Read anew each
   * time, so that a rotated `NAME_FILE` counts at once. PortError `secrets.missing` when a name
   * is not set, `secrets.unreadable` when its file cannot be read; neither shows a value.
   */
  resolve(text: string): Secret;
  /** The text without any value that is known to be secret, in whatever form it stands there. */
  scrub(text: string): string;
}

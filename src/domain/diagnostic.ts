/** A place in a file a person wrote; lines and columns count from 1, the end is exclusive. */
export type Place = {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
};

/** Something a person wrote that is wrong or doubtful: where, what, and what to do. All are collected, none is thrown. */
export type Diagnostic = Place & {
  severity: 'error' | 'warning';
  rule: string;
  message: string;
  hint?: string;
};

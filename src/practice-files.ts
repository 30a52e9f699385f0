import path from 'node:path';

/** What practice leaves for other commands in its folder: where things are, and the tokens of the shop. */
export function practiceFiles(folder: string): { overlay: string; env: string } {
  return {
    overlay: path.resolve(folder, 'practice.yaml'),
    env: path.resolve(folder, 'practice.env'),
  };
}

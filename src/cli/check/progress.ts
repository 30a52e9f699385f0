import { oneLine } from '#cli/one-line.ts';

const everyMs = 100;
const afterMs = 500;

/** One line on a terminal that says how far it is; nothing at all elsewhere. */
export function createProgress(stream: NodeJS.WriteStream, env: NodeJS.ProcessEnv) {
  let done = 0;
  let latest = '';
  const shows = stream.isTTY && !env['CI'];
  const startedAt = Date.now();
  const draw = () => {
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    const line = `${done} done in ${seconds} s · ${latest}`.slice(0, (stream.columns || 80) - 1);
    stream.write(`\r\u001B[2K${line}`);
  };
  let timer: NodeJS.Timeout | null = null;
  const begin = shows
    ? setTimeout(() => {
        timer = setInterval(draw, everyMs);
        timer.unref();
      }, afterMs)
    : null;
  begin?.unref();
  return {
    step(id: string): void {
      done += 1;
      latest = oneLine(id);
    },
    end(): void {
      if (begin !== null) clearTimeout(begin);
      if (timer === null) return;
      clearInterval(timer);
      stream.write('\r\u001B[2K');
    },
  };
}

const afterMs = 700;

/** Says what is waited for when it takes longer than a moment: on a terminal, and gone afterwards. */
export async function whileWaiting<T>(text: string, work: () => Promise<T>): Promise<T> {
  const { stderr } = process;
  if (!stderr.isTTY || process.env['CI']) return work();
  let shown = false;
  const timer = setTimeout(() => {
    shown = true;
    stderr.write(text);
  }, afterMs);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    if (shown) stderr.write('\r\u001B[2K');
  }
}

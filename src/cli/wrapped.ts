/** Prose at the width of the terminal, or of 80 characters in a pipe; further lines begin at `indent`. */
export function wrapped(text: string, indent = 0): string {
  const width = Math.max(
    20,
    Math.min(process.stdout.isTTY ? process.stdout.columns : 80, 100) - indent,
  );
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

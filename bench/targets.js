// What the checks ask: answers at once, below /slow/ after as many milliseconds as the argument says.
import { createServer } from 'node:http';

const slowMs = Number(process.argv[2]);
const server = createServer((request, response) => {
  if (request.url?.startsWith('/slow/') !== true) return response.end('ok');
  return setTimeout(() => response.end('ok'), slowMs);
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`);
});

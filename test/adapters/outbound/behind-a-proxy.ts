import { get, gate, soon, valueIn } from './gate.ts';

/** Asks for the URL that it is given, as a process of its own: Node reads its proxies when it starts. */
const outcome = await gate({ allow: ['127.0.0.1'] }).request(get(process.argv[2] ?? ''), soon());
const { status, body } = valueIn(outcome);
process.stdout.write(`${Buffer.from(body).toString()} ${status}\n`);

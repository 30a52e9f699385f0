import { failureIn, gate, get, soon, valueIn } from './gate.ts';

/** Asks for the URLs that it is given, as a process of its own: Node reads its proxies when it starts. */
const { plain, name, address, ca } = JSON.parse(process.argv[2] ?? '');
const outbound = gate({ allow: ['127.0.0.1'], hosts: { [name]: address }, ca });

const answer = async (url: string) => {
  const headers = { authorization: 'Bearer of-the-target' };
  const { body } = valueIn(await outbound.request({ ...get(url), headers }, soon()));
  return Buffer.from(body).toString();
};
const [, port = ''] = address.split(':');
const target = { host: name, port: Number(port) };
const said = {
  plain: await answer(plain),
  secure: await answer(`https://${name}/`),
  connect: (await outbound.connect(target, soon())).ok,
  handshake: (await outbound.handshake({ ...target, servername: name }, soon())).ok,
  forbidden: failureIn(await outbound.request(get('http://169.254.169.254/'), soon())).code,
};
// That Node itself would go there: else the rest would show nothing.
const byNode = await fetch('http://by-node.example/').then(
  (response) => response.text(),
  (error: unknown) => String(error),
);
process.stdout.write(JSON.stringify({ ...said, byNode }));

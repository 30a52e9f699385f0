import { isIPv6 } from 'node:net';

import type { OutboundSettings } from '#domain/runbook/settings.ts';
import type { DnsAnswer } from '#ports/outbound.ts';

import { plainHost } from './allow-list.ts';
import type { Resolver } from './resolver.ts';
import { mappedAddress } from './route.ts';

/** What DNS says; that a name or its records do not exist is an answer like any other. */
export async function answersTo(
  question: { name: string; type: string },
  settings: OutboundSettings,
  resolver: Pick<Resolver, 'query'>,
  signal: AbortSignal,
): Promise<Omit<DnsAnswer, 'durationMs'>> {
  const mapped = mappedAddress(settings, plainHost(question.name));
  if (mapped !== null) {
    const type = isIPv6(mapped.address) ? 'AAAA' : 'A';
    return { answers: question.type === type ? [mapped.address] : [], rcode: 'NOERROR' };
  }
  try {
    const answers = await resolver.query(question.name, question.type, {
      nameServers: settings.nameServers,
      signal,
    });
    return { answers, rcode: 'NOERROR' };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENODATA') return { answers: [], rcode: 'NOERROR' };
    if (code === 'ENOTFOUND') return { answers: [], rcode: 'NXDOMAIN' };
    throw error;
  }
}

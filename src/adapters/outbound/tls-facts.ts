import type { TLSSocket } from 'node:tls';

import type { TlsFacts } from '#ports/outbound.ts';

/** What the handshake showed. Node says why a certificate is not trusted by a code or a sentence. */
export function tlsFacts(socket: TLSSocket): TlsFacts {
  const certificate = socket.getPeerX509Certificate();
  const error: unknown = socket.authorizationError;
  return {
    authorized: socket.authorized,
    error: socket.authorized ? null : codeOf(error),
    validTo: certificate === undefined ? null : isoOf(certificate.validTo),
    issuer: nameIn(certificate?.issuer),
    subject: nameIn(certificate?.subject),
    altNames: certificate?.subjectAltName?.split(', ') ?? [],
    protocol: socket.getProtocol(),
  };
}

function codeOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (error instanceof Error) {
    return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
  }
  return 'UNTRUSTED';
}

function isoOf(text: string): string | null {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The common name of a distinguished name (one attribute a line), else all of it in one line. */
function nameIn(distinguished: string | undefined): string | null {
  if (distinguished === undefined) return null;
  const commonName = /^CN=(.*)$/m.exec(distinguished)?.[1];
  return commonName ?? distinguished.replaceAll('\n', ', ');
}

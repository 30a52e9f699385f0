import { generateKeyPairSync } from 'node:crypto';

import { createCertificate } from './certificate.ts';

const DAY_MS = 86_400_000;

export type ServerIdentity = { key: string; cert: string };

export type Authority = {
  certPem: string;
  /** A key and a certificate for a DNS name, valid for 90 days or, if asked for, no longer. */
  issue(name: string, validity: 'valid' | 'expired'): ServerIdentity;
};

/** A certificate authority of its own, with fresh keys; trusted by whoever is given `certPem`. */
export function createAuthority(now: () => Date): Authority {
  const { publicKey, privateKey } = newKeys();
  const issuer = { name: 'Practice authority', publicKey, privateKey };

  return {
    certPem: createCertificate({
      subject: issuer.name,
      publicKey,
      issuer,
      notBefore: daysFrom(now(), -365),
      notAfter: daysFrom(now(), 3650),
      purpose: 'authority',
    }),

    issue(name, validity) {
      const keys = newKeys();
      const lastDay = validity === 'valid' ? 90 : -1;
      const cert = createCertificate({
        subject: name,
        publicKey: keys.publicKey,
        issuer,
        notBefore: daysFrom(now(), lastDay - 91),
        notAfter: daysFrom(now(), lastDay),
        purpose: 'server',
      });
      return { key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
    },
  };
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

function daysFrom(date: Date, days: number): Date {
  return new Date(date.getTime() + days * DAY_MS);
}

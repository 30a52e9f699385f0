import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto';

import { der } from './der.ts';

const OID = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  subjectKeyIdentifier: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  serverAuth: '1.3.6.1.5.5.7.3.1',
};

export type CertificateRequest = {
  subject: string;
  publicKey: KeyObject;
  issuer: { name: string; publicKey: KeyObject; privateKey: KeyObject };
  notBefore: Date;
  notAfter: Date;
  /** An authority signs others; a server proves its `subject` as a DNS name. */
  purpose: 'authority' | 'server';
};

/** An X.509 v3 certificate (RFC 5280) as PEM, signed with ECDSA and SHA-256. */
export function createCertificate(request: CertificateRequest): string {
  const algorithm = der.sequence(der.oid(OID.ecdsaWithSha256));
  const body = der.sequence(
    der.explicit(0, der.unsigned(Buffer.of(2))),
    der.unsigned(randomBytes(16)),
    algorithm,
    distinguishedName(request.issuer.name),
    der.sequence(der.time(request.notBefore), der.time(request.notAfter)),
    distinguishedName(request.subject),
    spki(request.publicKey),
    der.explicit(3, der.sequence(...extensions(request))),
  );
  const signature = sign('sha256', body, request.issuer.privateKey);
  return pem(der.sequence(body, algorithm, der.bits(signature)));
}

function extensions({ subject, publicKey, issuer, purpose }: CertificateRequest): Buffer[] {
  const authority = purpose === 'authority';
  // keyCertSign and cRLSign, or digitalSignature: bits are numbered from the left.
  const usage = authority ? der.bits(Buffer.of(0b0000_0110), 1) : der.bits(Buffer.of(0x80), 7);
  const shared = [
    critical(OID.basicConstraints, der.sequence(...(authority ? [der.boolean(true)] : []))),
    critical(OID.keyUsage, usage),
    extension(OID.subjectKeyIdentifier, der.octets(keyIdentifier(publicKey))),
    extension(
      OID.authorityKeyIdentifier,
      der.sequence(der.implicit(0, keyIdentifier(issuer.publicKey))),
    ),
  ];
  if (authority) return shared;
  return [
    ...shared,
    extension(OID.extendedKeyUsage, der.sequence(der.oid(OID.serverAuth))),
    extension(OID.subjectAltName, der.sequence(der.implicit(2, Buffer.from(subject)))),
  ];
}

function extension(id: string, value: Buffer): Buffer {
  return der.sequence(der.oid(id), der.octets(value));
}

function critical(id: string, value: Buffer): Buffer {
  return der.sequence(der.oid(id), der.boolean(true), der.octets(value));
}

function distinguishedName(commonName: string): Buffer {
  return der.sequence(der.set(der.sequence(der.oid(OID.commonName), der.utf8(commonName))));
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key)).digest();
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

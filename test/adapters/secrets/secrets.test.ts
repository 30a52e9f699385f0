import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inspect } from 'node:util';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createScrubber } from '#adapters/secrets/scrubber.ts';
import { createSecrets } from '#adapters/secrets/secrets.ts';
import { StoredEvent } from '#domain/stream/stored-event.ts';
import type { StreamEvent } from '#domain/stream/stream.ts';
import { PortError } from '#ports/port-error.ts';
import { clock, machine } from '#test/domain/timeline/events.ts';

const reference = '${{ secrets.DEPLOY_TOKEN }}';

describe('a secret', () => {
  it('is revealed on purpose and in no other way', () => {
    const secret = createSecrets({ env: { DEPLOY_TOKEN: 'hunter2hunter2' } }).resolve(reference);

    expect(secret.reveal()).toBe('hunter2hunter2');
    for (const shown of [
      String(secret),
      [secret].join(),
      JSON.stringify({ secret }),
      inspect(secret, { depth: 9, showHidden: true }),
      inspect({ deep: [secret] }),
      Object.values(secret)
        .filter((value) => typeof value === 'string')
        .join(),
    ]) {
      expect(shown).not.toContain('hunter2');
    }
    expect(() => structuredClone(secret)).toThrow('could not be cloned');
  });

  it('may be part of a text', () => {
    const secrets = createSecrets({ env: { DEPLOY_TOKEN: 'hunter2' } });

    expect(secrets.resolve(`Bearer ${reference}`).reveal()).toBe('Bearer hunter2');
  });

  it('is not expanded a second time', () => {
    const env = { DEPLOY_TOKEN: '${{ secrets.OTHER }} $& $1', OTHER: 'other' };

    expect(createSecrets({ env }).resolve(reference).reveal()).toBe(env.DEPLOY_TOKEN);
  });

  it('can be put into no event: it does not compile, and would be stored as [secret]', () => {
    const secret = createSecrets({ env: { DEPLOY_TOKEN: 'hunter2hunter2' } }).resolve(reference);
    const finished = {
      type: 'StepFinished',
      at: clock('09:11:00'),
      actor: machine,
      run: 'r',
      step: 's',
      visit: 1,
      status: 'succeeded',
      verdict: null,
      outcome: 'done',
      result: null,
    } as const;
    // @ts-expect-error A secret is no JSON.
    const inOutputs: StreamEvent = { ...finished, finding: '', outputs: { secret } };
    // @ts-expect-error A secret is no text.
    const inFinding: StreamEvent = { ...finished, finding: secret, outputs: {} };

    expect(JSON.stringify(StoredEvent.parse(inOutputs))).toContain('{"secret":"[secret]"}');
    expect(() => StoredEvent.parse(inFinding)).toThrow('expected string');
  });

  it('is known before anybody used it, where the settings mention it', () => {
    let connections = { a: { token: reference } };
    const env = { DEPLOY_TOKEN: 'hunter2hunter2', OTHER: 'other-other' };
    const secrets = createSecrets({ env, known: ['xoxb-1234'], mentioned: () => connections });

    expect(secrets.scrub('hunter2hunter2 xoxb-1234 other-other')).toBe(
      '[secret] [secret] other-other',
    );
    connections = { a: { token: '${{ secrets.OTHER }} ${{ secrets.MISSING }}' } };
    expect(secrets.scrub('hunter2hunter2 other-other')).toBe('[secret] [secret]');
  });

  it('is read from the file that NAME_FILE names, anew each time', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'secrets-'));
    const file = path.join(folder, 'token');
    const secrets = createSecrets({ env: { DEPLOY_TOKEN_FILE: file } });

    await writeFile(file, 'first value\n');
    expect(secrets.resolve(reference).reveal()).toBe('first value');
    await writeFile(file, 'second value');
    expect(secrets.resolve(reference).reveal()).toBe('second value');
    expect(secrets.scrub('first value, second value')).toBe('[secret], [secret]');

    await rm(folder, { recursive: true });
    expect(() => secrets.resolve(reference)).toThrow(PortError);
  });

  it('that is not set is named in the error', () => {
    const secrets = createSecrets({ env: { DEPLOY_TOKEN: '' } });

    expect(() => secrets.resolve(reference)).toThrow(
      expect.objectContaining({ code: 'secrets.missing', retry: false }),
    );
    expect(() => secrets.resolve(reference)).toThrow('DEPLOY_TOKEN');
  });
});

const unicode = (one: string) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
const bytesOf = (one: string, before: unknown = '%') =>
  Array.from(
    Buffer.from(one),
    (byte) => `${before === '\\x' ? '\\x' : '%'}${byte.toString(16).padStart(2, '0')}`,
  ).join('');

describe('scrubbing', () => {
  const value = 'p@ss/w0rd + "ünï" <&>';
  const scrub = createScrubber([value, 'p@ss/w0rd']);

  it.each([
    ['as it is', value],
    ['URL-encoded', encodeURIComponent(value)],
    [
      'URL-encoded in lower case',
      encodeURIComponent(value).replace(/%../g, (escape) => escape.toLowerCase()),
    ],
    ['in a form', encodeURIComponent(value).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify(value)],
    ['in hexadecimal', Buffer.from(value).toString('hex')],
    ['in HTML', value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')],
    ['wrapped', value.split('').join('\n  ')],
    ['in JSON as Go and PHP write it', value.replace(/[<>&"]/g, unicode).replace('/', '\\/')],
    ['in JSON of ASCII alone', JSON.stringify(value).replace(/[^ -~]/g, unicode)],
    ['in JSON that is in JSON', JSON.stringify(JSON.stringify(value)).slice(3, -3)],
    ['as Python shows its bytes', value.replace(/[^ -~]/g, (one) => bytesOf(one, '\\x'))],
    ['with all but letters and digits URL-encoded', value.replace(/[^a-z0-9]/g, bytesOf)],
    ['URL-encoded twice', encodeURIComponent(encodeURIComponent(value))],
    ['in an attribute of HTML', value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')],
    ['in HTML by numbers', value.replace(/[^a-z0-9 ]/g, (one) => `&#${one.codePointAt(0)};`)],
  ])('finds a value %s', (_name, text) => {
    const scrubbed = scrub(`before ${text} after`);

    expect(scrubbed).toMatch(/^before "?\[secret\]"? after$/);
  });

  it('finds a key of many lines in one of JSON', () => {
    const key = '-----BEGIN KEY-----\nMIIEvQ+/==\n-----END KEY-----\n';

    expect(createScrubber([key])(JSON.stringify({ key }))).toBe('{"key":"[secret]\\n"}');
    expect(createScrubber([key])(JSON.stringify(JSON.stringify({ key })))).toContain(
      ':\\"[secret]',
    );
  });

  it('finds one of any length, such as the configuration of a cluster', () => {
    const long = 'k7Gq+/= \n'.repeat(3_000);
    const scrubLong = createScrubber([long]);

    for (const text of [long, JSON.stringify(long), encodeURIComponent(long)]) {
      expect(scrubLong(text).length).toBeLessThan(20);
    }
    expect(scrubLong(Buffer.from(long).toString('base64'))).toMatch(/^\[secret\].?=*$/);
  });

  it('finds credentials that are JSON in JSON already, and is soon done with others that are nearly they', () => {
    const fields = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`k${index}`, 'v']));
    const secret = JSON.stringify(JSON.stringify(fields));
    const scrubThem = createScrubber([secret]);

    expect(scrubThem(JSON.stringify({ value: secret }))).toBe('{"value":"[secret]"}');
    const others = JSON.stringify({ value: secret.replace('k39', 'k40') });
    expect(scrubThem(others)).toBe(others);
  });

  it('finds base64 that JSON or a URL has escaped', () => {
    const secret = '>>>???>>>???~~~';
    const encoded = Buffer.from(secret).toString('base64');
    for (const text of [encoded.replaceAll('/', '\\/'), encodeURIComponent(encoded)]) {
      expect(createScrubber([secret])(text)).toBe('[secret]');
    }
  });

  it('finds a value inside of any base64', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ minLength: 12 }),
        fc.string(),
        (before, secret, after) => {
          const encoded = Buffer.from(before + secret + after).toString('base64');

          expect(createScrubber([secret])(encoded)).toContain('[secret]');
        },
      ),
    );
  });

  it.each([
    ['backslashes', '\\'],
    ['what begins as the value does', '- '],
    ['what a URL is escaped with', '%25'],
    ['what HTML is escaped with', '&amp;'],
    ['spaces', ' '],
    ['what begins as one with spaces does', 'a '],
    ['escaped spaces', '\\ '],
    ['what a form has for spaces', '+ '],
  ])('is soon through a text of nothing but %s', (_what, piece) => {
    const long = piece.repeat(300_000);

    const values = [
      '-----BEGIN KEY',
      '- - \\\\ &&%% x',
      'a b c d e f',
      '+ + + + x',
      '\\ \\ \\ x',
      '\\\\\\\\"x',
    ];
    expect(createScrubber(values)(long)).toBe(long);
  });

  it('takes out the longer of two values that begin alike', () => {
    expect(scrub(`x ${value} y`)).not.toContain('ünï');
  });

  it('leaves text without secrets alone, and values too short to be told apart', () => {
    expect(createScrubber(['abc', ''])('abc is no secret')).toBe('abc is no secret');
    expect(scrub('nothing here')).toBe('nothing here');
  });
});

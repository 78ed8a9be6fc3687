import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEndpointUrl } from '../../../../src/commands/input/endpoint/endpoint-url.js';
import { showEndpoint } from '../../../../src/protocol/show-endpoint.js';
import { BadInput } from '../../../../src/words/bad-input.js';

const read = (text: string) => parseEndpointUrl(text, 'source', 'starttls');

function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('an endpoint URL', () => {
  it('reads a TLS endpoint with its default port', () => {
    expect(read('imaps://ann@mail.old.example')).toEqual({
      host: 'mail.old.example',
      port: 993,
      security: 'tls',
      user: 'ann',
    });
  });

  it('reads imap:// as STARTTLS, and as plaintext only where that was asked for', () => {
    expect(read('imap://ann@h')).toMatchObject({ port: 143, security: 'starttls' });
    expect(parseEndpointUrl('imap://ann@h', 'source', 'plaintext').security).toBe('plaintext');
    expect(parseEndpointUrl('imaps://ann@h', 'source', 'plaintext').security).toBe('tls');
  });

  it.each([
    ['imaps://ann@old.example@mail.old.example', 'ann@old.example', 'mail.old.example'],
    ['imaps://ann%40old.example@mail.old.example', 'ann@old.example', 'mail.old.example'],
    ['imaps://ann%3Aboss@h', 'ann:boss', 'h'],
    ['imaps://DOM/admin/ann@h', 'DOM/admin/ann', 'h'],
    ['imaps://100%@h', '100%', 'h'],
    ['imaps://user%admin@h', 'user%admin', 'h'],
    ['imaps://m%C3%BCller@h', 'müller', 'h'],
    ['IMAPS://Ann@MAIL.Old.Example', 'Ann', 'mail.old.example'],
    ['imaps://ann@mail.bücher.example', 'ann', 'mail.xn--bcher-kva.example'],
    ['imaps://ann@[2001:DB8::1]', 'ann', '2001:db8::1'],
    ['imaps://ann@192.0.2.7/', 'ann', '192.0.2.7'],
  ])('%s: the last @ ends the user, escapes are optional', (url, user, host) => {
    expect(read(url)).toMatchObject({ user, host });
  });

  it('needs no user', () => expect(read('imaps://h:1993')).toMatchObject({ user: null, port: 1993 }));

  it('reads the port after an IPv6 address', () => expect(read('imap://a@[::1]:10143').port).toBe(10143));

  it.each([
    ['mail.old.example', /URL like imaps/],
    ['http://ann@h', /unknown scheme/],
    ['imaps://', /host is missing/],
    ['imaps://ann@', /host is missing/],
    ['imaps://ann@:993', /host is missing/],
    ['imaps://@h', /user before @ is missing/],
    ['imaps://h:0', /port/],
    ['imaps://h:65536', /port/],
    ['imaps://h:', /port/],
    ['imaps://h:99x', /port/],
    ['imaps://ann@h/INBOX', /path or query/],
    ['imaps://ann@h?x=1', /path or query/],
    ['imaps://ann@h#x', /path or query/],
    ['imaps://ann@::1', /brackets/],
    ['imaps://ann@[nonsense]', /no IPv6 address/],
    ['imaps://ann@ho st', /no host name/],
    ['imaps://ann@-h', /no host name/],
    ['imaps://ann@1.2.3.999', /no IPv4/],
    ['imaps://a%0d%0ab@h', /control character/],
    ['imaps://a\u001b[31m@h', /control character/],
  ])('refuses %j and names the side', (url, why) => {
    expect(refusal(url)).toMatch(/^source: /);
    expect(refusal(url)).toMatch(why);
  });

  it.each([
    'imaps://ann:hunter2@h',
    'imaps://ann@old.example:hunter2@h',
    'imaps://ann:hunter2',
    'imaps://ann:hun@ter2@h',
    'hunter2',
    'imaps://h/hunter2',
  ])('never repeats what may be a password (%s)', (url) => {
    expect(refusal(url)).not.toMatch(/hunter2|hun|ter2/);
  });

  it('answers any text with an endpoint or one line that does not repeat it', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((s) => `imaps://${s}`),
          fc.string({ unit: 'binary' }).map((s) => `imap://${s}@h`),
        ),
        (text) => {
          try {
            const { host, port } = read(text);
            expect(host).not.toBe('');
            expect(port).toBeGreaterThan(0);
          } catch (error) {
            expect(error).toBeInstanceOf(BadInput);
            expect((error as Error).message).not.toContain('\n');
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('gives back every user and host that was written with escapes', () => {
    const user = fc
      .string({ minLength: 1, unit: 'grapheme' })
      .filter((s) => !/[\u0000-\u001f\u007f-\u009f]/.test(s) && !/[\ud800-\udfff]/u.test(s));
    fc.assert(
      fc.property(user, fc.domain(), fc.integer({ min: 1, max: 65535 }), (name, host, port) => {
        const got = read(`imaps://${encodeURIComponent(name)}@${host}:${port}`);
        expect(got).toEqual({ user: name, host: host.toLowerCase(), port, security: 'tls' });
      }),
    );
  });

  it('is shown without its user', () => {
    expect(showEndpoint(read('imaps://ann@[::1]'))).toBe('imaps://[::1]:993');
    expect(showEndpoint(read('imap://ann@h:10143'))).toBe('imap://h:10143');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, display, parentsOf, readPath, writePath } from '../../../../src/engine/copy/map/folder-names.js';

const SLASH = { prefix: '', delimiter: '/' };
const COURIER = { prefix: 'INBOX.', delimiter: '.' };

describe('reading and writing names', () => {
  it.each([
    ['inbox', COURIER, 'INBOX', 'INBOX'],
    ['INBOX.Archive.2024', COURIER, 'Archive/2024', 'Archive/2024'],
    ['inbox.Archive', COURIER, 'Archive', 'Archive'],
    ['InBox/Old', SLASH, 'INBOX/Old', 'INBOX/Old'],
    ['Archive/', SLASH, 'Archive', 'Archive'],
    ['a//b', SLASH, 'a//b', 'a/_/b'],
    ['INBOXES', SLASH, 'INBOXES', 'INBOXES'],
    ['ınbox', SLASH, 'ınbox', 'ınbox'],
    ['mail/Sent', { prefix: 'mail/', delimiter: '/' }, 'Sent', 'Sent'],
  ])('takes %s for what it is', (name, notation, shown, written) => {
    expect(display(readPath(name, notation))).toBe(shown);
    expect(writePath(readPath(name, notation), SLASH).name).toBe(written);
  });

  it('puts folders below INBOX directly below a prefix INBOX., not below INBOX.INBOX', () => {
    expect(writePath(readPath('INBOX/Old', SLASH), COURIER).name).toBe('INBOX.Old');
  });

  it('replaces a delimiter inside a name visibly and says so', () => {
    expect(writePath(readPath('Dr. Who/Fan.mail', SLASH), COURIER)).toEqual({
      name: 'INBOX.Dr_ Who.Fan_mail',
      exact: false,
    });
  });

  it('joins levels on a server without a hierarchy and says so', () => {
    expect(writePath(readPath('a/b', SLASH), { prefix: '', delimiter: null })).toEqual({ name: 'a_b', exact: false });
    expect(writePath(readPath('a', SLASH), { prefix: '', delimiter: null })).toEqual({ name: 'a', exact: true });
  });

  it('names parents outermost first, without the prefix', () => {
    expect(parentsOf(readPath('a/b/c', SLASH), COURIER)).toEqual(['INBOX.a', 'INBOX.a.b']);
    expect(parentsOf(readPath('INBOX/a/b', SLASH), SLASH)).toEqual(['INBOX/a']);
    expect(parentsOf(readPath('INBOX', SLASH), SLASH)).toEqual([]);
  });

  it('tells what lies below a folder', () => {
    const archive = readPath('Archive', SLASH);
    expect(below(readPath('Archive/2024/Q1', SLASH), archive)).toEqual(['2024', 'Q1']);
    expect(below(archive, archive)).toEqual([]);
    expect(below(readPath('Archives', SLASH), archive)).toBeNull();
    expect(below(readPath('INBOX/Archive', SLASH), archive)).toBeNull();
  });
});

describe('for any names', () => {
  const part = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 8 })
    .filter((text) => !/[./]/.test(text) && !/^inbox$/i.test(text));
  const path = fc.record({ inbox: fc.boolean(), parts: fc.array(part, { minLength: 1, maxLength: 4 }) });
  const notation = fc.record({ prefix: fc.constantFrom('', 'mail/', 'INBOX/'), delimiter: fc.constant('/') });
  const dotted = fc.record({ prefix: fc.constantFrom('', 'mail.', 'INBOX.'), delimiter: fc.constant('.') });

  it('mapping back through prefix and delimiter is the identity', () => {
    fc.assert(
      fc.property(path, fc.oneof(notation, dotted), (there, how) => {
        const written = writePath(there, how);
        expect(written.exact).toBe(true);
        // Below a prefix INBOX. both kinds are one, by the server's own making.
        const inbox = there.inbox && !how.prefix.startsWith('INBOX');
        expect(readPath(written.name, how)).toEqual({ inbox, parts: there.parts });
      }),
    );
  });

  it('any text is some path, and what is written never holds more levels than the path', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', '.', '/', 'INBOX', 'ü') }), dotted, (name, how) => {
        const path = readPath(name, SLASH);
        const written = writePath(path, how).name.slice(path.inbox ? 0 : how.prefix.length);
        expect(written.split('.').length).toBeLessThanOrEqual(Math.max(1, path.parts.length + 1));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEndpointUrl } from '../../../../src/commands/input/endpoint/endpoint-url.js';
import { NO_FIELDS, type SideFields, takenApart, urlOf } from '../../../../src/ui/screens/start/typed-fields.js';

const fields = (more: Partial<SideFields>): SideFields => ({ ...NO_FIELDS, ...more });

describe('a URL in a field of the form', () => {
  it.each<[Partial<SideFields>, Partial<SideFields>, string]>([
    [{ user: 'imaps://ann@a.example@mail.a.example' }, { user: 'ann@a.example', server: 'mail.a.example' }, ''],
    [{ server: ' imaps://ann@mail.a.example:993/ ' }, { user: 'ann', server: 'mail.a.example' }, ''],
    [{ user: 'ann', server: 'imaps://mail.a.example' }, { user: 'ann', server: 'mail.a.example' }, 'bare'],
    [{ port: 'imap://ann@mail.a.example' }, { user: 'ann', server: 'mail.a.example', port: '143' }, ''],
    [{ user: 'imaps://ann@h:1993' }, { user: 'ann', server: 'h', port: '1993' }, ''],
    [{ user: 'imap://ann@h:1143' }, { user: 'ann', server: 'imap://h', port: '1143' }, ''],
    [{ user: 'imaps://ann@h:143' }, { user: 'ann', server: 'imaps://h', port: '143' }, ''],
    [{ user: 'imaps://ann@[2001:db8::1]:1993' }, { user: 'ann', server: '[2001:db8::1]', port: '1993' }, ''],
    [{ user: 'ann', server: 'mail.a.example:1993' }, { user: 'ann', server: 'mail.a.example', port: '1993' }, ''],
    [{ user: 'imaps://a%3Ab@h' }, { user: 'a:b', server: 'h' }, ''],
    // It would be seen for as long as the form is open.
    [{ user: 'imaps://ann:pa%3Ass@h' }, { user: 'ann', server: 'h', password: 'pa:ss' }, ''],
  ])('%j is %j', (typed, expected, how) => {
    if (how === 'bare') return expect(urlOf(fields(typed))).toBe(urlOf(fields(expected)));
    const apart = takenApart(fields(typed));
    expect(apart).toEqual(fields(expected));
    expect(takenApart(apart)).toBe(apart);
  });

  it.each<Partial<SideFields>>([
    { user: 'ann@a.example', server: 'mail.a.example' },
    { user: 'ann', server: '2001:db8::1' },
    { user: 'imaps://' },
    { user: 'http://ann@h' },
  ])('%j stays as it is typed', (typed) => {
    const all = fields(typed);
    expect(takenApart(all)).toBe(all);
  });

  it.each<[Partial<SideFields>, string]>([
    [{ user: 'ann@a.example', server: 'mail.a.example' }, 'imaps://ann@a.example@mail.a.example'],
    [{ user: 'ann', server: 'h', port: '993' }, 'imaps://ann@h'],
    [{ user: 'ann', server: 'h', port: '143' }, 'imap://ann@h'],
    [{ user: 'ann', server: 'imap://h', port: '1143' }, 'imap://ann@h:1143'],
    [{ user: 'ann', server: 'imap://h' }, 'imap://ann@h'],
    [{ user: 'ann', server: 'imap://h', port: '993' }, 'imap://ann@h:993'],
    [{ user: 'ann', server: 'h', port: '1x' }, 'imaps://ann@h:1x'],
    [{ user: 'ann' }, ''],
  ])('%j are the URL %s', (typed, url) => expect(urlOf(fields(typed))).toBe(url));

  it('is read as what stands in the fields, whatever the user is called', () => {
    const user = fc.stringMatching(/^[!-~]{1,30}$/);
    fc.assert(
      fc.property(user, fc.integer({ min: 1, max: 65_535 }), (name, port) => {
        const url = urlOf(fields({ user: name, server: 'mail.example', port: String(port) }));
        expect(parseEndpointUrl(url, 'source', 'starttls')).toMatchObject({ user: name, host: 'mail.example', port });
      }),
    );
  });
});

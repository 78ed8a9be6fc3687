import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResponseLine } from '../../../src/engine/responses/response-line.js';

describe('a response line', () => {
  it.each([
    ['A1 NO [OVERQUOTA] Full', { status: 'NO', tagged: 'tagged', code: 'OVERQUOTA', text: 'Full' }],
    ['* BYE [Service unavailable.]', { status: 'BYE', tagged: 'untagged', code: null, text: '[Service unavailable.]' }],
    ['NO No such mailbox', { status: 'NO', tagged: 'bare', code: null, text: 'No such mailbox' }],
    ['a no [overquota] full', { status: 'NO', tagged: 'tagged', code: 'OVERQUOTA' }],
    ['A2 OK Success [THROTTLED]', { status: 'OK', code: 'THROTTLED', text: 'Success' }],
    ['A1 NO [WEBALERT https://a.example/x] Web login required', { code: 'WEBALERT', args: 'https://a.example/x' }],
    [
      'A1 NO [NONEXISTENT] Unknown Mailbox: [Gmail] (Failure)',
      { code: 'NONEXISTENT', text: 'Unknown Mailbox: [Gmail] (Failure)' },
    ],
    ['A1 NO APPEND [TRYCREATE] failed', { code: 'TRYCREATE', text: 'APPEND failed' }],
    ['A1 NO APPEND [GMAIL] failed', { code: null, text: 'APPEND [GMAIL] failed' }],
    ['A1 NO [Gmail] is no folder', { code: null, text: '[Gmail] is no folder' }],
    ['A1 NO [Limit exceeded] sorry', { code: null }],
    ['A1 NO [BADCHARSET (UTF-8)] no', { code: 'BADCHARSET', args: '(UTF-8)' }],
    ['[ALERT] Too many connections', { status: null, code: 'ALERT' }],
    ['* 12 EXISTS', { status: 'DATA' }],
    ['+ go ahead', { status: 'CONTINUE' }],
    ['A1 NO', { status: 'NO', code: null, text: '' }],
    ['', { status: null, code: null, text: '' }],
  ])('%s', (line, parts) => {
    expect(parseResponseLine(line)).toMatchObject(parts);
  });

  it('never throws and never grows', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (line) => {
        const { text, args } = parseResponseLine(line);
        expect(text.length + args.length).toBeLessThanOrEqual(line.length);
      }),
    );
  });
});

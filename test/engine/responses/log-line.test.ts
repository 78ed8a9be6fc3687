import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, renderExplanation } from '../../../src/engine/responses/explain.js';
import { readLogLine } from '../../../src/engine/responses/log-line.js';
import { groundsText } from '../../../src/words/grounds/grounds-text.js';

const IMAPSYNC =
  'Err 3/12: - msg INBOX/61 {1946602} could not append ( Subject:[Re: 4 NO reply, see: 5 BAD news], Date:["27-Sep-2023 10:58:25 -0300"], Size:[1946602], Flags:[\\Seen] ) to folder INBOX: 5 NO [OVERQUOTA] Quota exceeded (mailbox for user is full)';

describe('a line of a log', () => {
  it.each([
    ['A1 NO [OVERQUOTA] Full\r\n', 'A1 NO [OVERQUOTA] Full', null],
    ['  no such mailbox', 'no such mailbox', null],
    ['a1 no [overquota] full', 'a1 no [overquota] full', null],
    ['* BYE Shutting down', '* BYE Shutting down', null],
    ['12:01:07 S: RUBY0005 NO EXAMINE Unsafe Login', 'RUBY0005 NO EXAMINE Unsafe Login', 'EXAMINE'],
    ['2026-03-01T02:17:05.123Z S: A1 NO [INUSE] Busy', 'A1 NO [INUSE] Busy', null],
    ['imap.example reader < CBDM90 NO Server Unavailable. 15', 'CBDM90 NO Server Unavailable. 15', null],
    [IMAPSYNC, '5 NO [OVERQUOTA] Quota exceeded (mailbox for user is full)', 'APPEND'],
    [
      'Err 1/16: Host1 folder INBOX: Could not select: 15 NO [SERVERBUG] Internal error',
      '15 NO [SERVERBUG] Internal error',
      'SELECT',
    ],
    ["Error sending '35 APPEND INBOX () {33423}': 35 NO Try later", '35 NO Try later', 'APPEND'],
    [
      "sending 'APPEND x': * BYE Connection closed. 14; 1482 BAD Command Argument Error. 11",
      '1482 BAD Command Argument Error. 11',
      'APPEND',
    ],
    ['IMAP command returned an error: NO [LIMIT] Too many', 'NO [LIMIT] Too many', null],
    ["('NO', ['[NONEXISTENT] Unknown Mailbox: x (Failure)'])", 'NO [NONEXISTENT] Unknown Mailbox: x (Failure)', null],
    ['command: FETCH => [OVERQUOTA] Account exceeded limits', 'NO [OVERQUOTA] Account exceeded limits', 'FETCH'],
    ['NO [CANNOT] CREATE Mailbox name is too deep', 'NO [CANNOT] CREATE Mailbox name is too deep', 'CREATE'],
  ])('%s', (raw, line, command) => {
    expect(readLogLine(raw)).toMatchObject({ line, command });
  });

  it.each([
    '',
    'nothing of ours',
    'Warning: no such file',
    'there is no news',
    'status: ok',
    '++++ Statistics',
    '{"a":1}',
  ])('holds no response: %s', (raw) => {
    expect(readLogLine(raw)).toBeNull();
  });

  it('knows the two hosts of imapsync', () => {
    expect(readLogLine('Host2 folder x: could not create: 5 NO No')?.side).toBe('destination');
    expect(readLogLine('Host1 folder x: Could not select: 5 NO No')?.side).toBe('source');
  });
});

describe('explaining', () => {
  it('takes command and side from the log line, and what is given before that', () => {
    expect(explain({ line: IMAPSYNC })).toMatchObject({
      kind: 'quota',
      code: 'OVERQUOTA',
      command: 'APPEND',
      side: 'destination',
      line: '5 NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
    });
    expect(explain({ line: IMAPSYNC, command: 'UID FETCH 5 (BODY.PEEK[])', side: 'source' })).toMatchObject({
      kind: 'throttled',
      side: 'source',
    });
    expect(explain({ line: 'NO No matching messages', command: 'a7 uid fetch 5 (flags)' })?.kind).toBe('missing');
    expect(explain({ line: 'NO [READ-ONLY] no', command: 'APPEND' })).toMatchObject({
      side: 'destination',
      next: 'wait',
    });
  });

  it('reads errors of connections, as logs show them', () => {
    expect(explain({ line: 'connect ECONNREFUSED 10.0.0.1:993' })).toMatchObject({
      kind: 'transient',
      scope: 'endpoint',
    });
    expect(explain({ line: 'Error: self-signed certificate in certificate chain' })?.kind).toBe('auth');
  });

  it('reads words without a status as well, and says nothing of what is no response', () => {
    expect(explain({ line: 'Quota exceeded (mailbox for user is full)', command: 'APPEND' })?.kind).toBe('quota');
    for (const line of ['', ' ', 'hello world', '\u0000\u0001', '{}', 'null', '0'])
      expect(explain({ line })).toBeNull();
  });

  it('says kind, next step, advice, code and reason in a few lines', () => {
    const line = '02:17:05 S: A7 NO [UNAVAILABLE] Mailbox is being checked\u001b[2J';
    const explanation = explain({ line, command: 'EXAMINE', side: 'source' });
    expect(explanation).toMatchObject({ kind: 'mailbox-state', next: 'wait' });
    expect(explanation?.codeMeaning).toContain('RFC 5530');
    const shown = explanation === null ? '' : renderExplanation(explanation);
    expect(shown.split('\n')).toHaveLength(6);
    expect(shown).toContain('the text says \u201cbeing checked\u201d');
    expect(shown).not.toContain('\u001b');
  });

  it('never throws, and shows nothing that a terminal obeys', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        'NO',
        ': 5 NO ',
        "('NO', ['",
        ' => ',
        'command: ',
        '[OVERQUOTA]',
        '\u001b[2J',
        'could not append',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.option(fc.string({ maxLength: 20 })), (pieces, command) => {
        const answer = explain({ line: pieces.join(''), command });
        if (answer !== null)
          expect(answer.line + groundsText(answer) + answer.command).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
      }),
      { numRuns: 300 },
    );
  });
});

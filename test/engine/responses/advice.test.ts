import { describe, expect, it } from 'vitest';
import { ADVICE, withBatchName } from '../../../src/engine/responses/advice.js';
import { adviceFor } from '../../../src/engine/responses/advice-by-kind.js';
import { classify } from '../../../src/engine/responses/classify.js';
import { classifyError } from '../../../src/engine/responses/classify-error.js';
import { KINDS } from '../../../src/words/verdict.js';

const advised = (line: string, command: string | null, side: 'source' | 'destination' = 'source') =>
  classify({ line, command, side }).advice;
const failed = (code: string) =>
  classifyError({ error: Object.assign(new Error(code), { code }), command: 'connect', side: 'source' }).advice;

describe('advice', () => {
  it.each([
    [advised('NO [UNAVAILABLE] Mailbox is being checked', 'EXAMINE'), /web interface .* banner/],
    [advised('NO [OVERQUOTA] Quota exceeded', 'APPEND', 'destination'), /quota meter/],
    [advised('NO Too many connections for this user', 'LOGIN'), /other devices.*higher limit per user/],
    [advised('* BYE Too many connections from your IP', 'connect'), /limits per address/],
    [advised('NO IMAP access is disabled', 'LOGIN'), /Switch it on in the web interface/],
    [advised('NO [AUTHORIZATIONFAILED] Not an admin', 'AUTHENTICATE'), /proxy rights/],
    [advised('NO Too many failed logins', 'LOGIN'), /exception for our address in its intrusion detection/],
    [advised('* BYE Your IP address is blocked', 'connect'), /firewall.*intrusion detection/],
    [advised('NO [AUTHENTICATIONFAILED] Invalid credentials', 'LOGIN'), /IMAP is switched off/],
    [advised('NO [NOPERM] Permission denied', 'APPEND', 'destination'), /insert, write and create at the destination/],
    [advised('NO [NOPERM] Permission denied', 'SELECT'), /read at the source/],
    [advised('NO AUTHENTICATE failed.', 'LOGIN'), /New-ServicePrincipal.*Enterprise application.*ImapEnabled/],
    [advised('NO AUTHENTICATE failed. Authentication mechanism is unsupported.', 'LOGIN'), /way of logging in/],
    [
      advised('BAD User is authenticated but not connected.', 'LIST'),
      /may not open this mailbox.*Add-MailboxPermission/,
    ],
    [failed('ECONNREFUSED'), /port \(993.*firewall/],
    [failed('CERT_NOT_YET_VALID'), /clock of this machine/],
    [failed('CERT_HAS_EXPIRED'), /clock of this machine/],
    [failed('ERR_TLS_CERT_ALTNAME_INVALID'), /fingerprint/],
  ])('%s', (advice, words) => {
    expect(advice).toMatch(words);
  });

  it('is known for every kind', () => {
    for (const kind of KINDS) expect(Object.values<string>(ADVICE)).toContain(adviceFor(kind));
  });

  it('is a sentence or more, each another', () => {
    const texts = Object.values(ADVICE);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(/^[A-Z].*\.$/);
  });
});

it('names the batch in an advice where a command is to be typed', () => {
  const advice = 'Nothing is missing. `nightferry quarantine NAME` moves it; `nightferry undo NAME` brings it back.';
  expect(withBatchName(advice, 'school')).toBe(
    'Nothing is missing. `nightferry quarantine school` moves it; `nightferry undo school` brings it back.',
  );
  expect(withBatchName('Check RENAMED names.', 'school')).toBe('Check RENAMED names.');
});

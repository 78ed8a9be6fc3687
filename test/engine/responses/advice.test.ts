import { describe, expect, it } from 'vitest';
import { adviceFor } from '../../../src/engine/responses/advice-by-kind.js';
import { classify } from '../../../src/engine/responses/classify.js';
import { classifyError } from '../../../src/engine/responses/classify-error.js';
import { RULES } from '../../../src/engine/responses/rules/index.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { KINDS } from '../../../src/words/verdict.js';

const advised = (line: string, command: string | null, side: 'source' | 'destination' = 'source') =>
  adviceText(classify({ line, command, side }).advice, 'school');
const failed = (code: string) =>
  adviceText(
    classifyError({ error: Object.assign(new Error(code), { code }), command: 'connect', side: 'source' }).advice,
    'school',
  );

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

  it('differs for each kind', () => {
    expect(new Set(KINDS.map((kind) => adviceFor(kind).key)).size).toBe(KINDS.length);
  });
});

it('rules of one name give one advice', () => {
  const advice = new Map<string, Set<string>>();
  for (const { name, means } of RULES) advice.set(name, (advice.get(name) ?? new Set()).add(means.advice));
  expect([...advice].filter(([, keys]) => keys.size > 1)).toEqual([]);
});

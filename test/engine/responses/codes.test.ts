import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/engine/responses/classify.js';
import { RESPONSE_CODES } from '../../../src/engine/responses/codes.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { groundsText } from '../../../src/words/grounds/grounds-text.js';

/** The IANA registry "IMAP Response Codes", and the codes of RFC 9586 and 9738. */
const REGISTRY = `ALERT ALREADYEXISTS ANNOTATE ANNOTATIONS APPENDUID AUTHENTICATIONFAILED AUTHORIZATIONFAILED BADCHARSET
BADCOMPARATOR BADEVENT BADURL CANNOT CAPABILITY CLIENTBUG CLOSED COMPRESSIONACTIVE CONTACTADMIN COPYUID CORRUPTION
DOWNGRADED EXPIRED EXPUNGEISSUED HASCHILDREN HIGHESTMODSEQ INPROGRESS INUSE LIMIT MAILBOXID MAXCONVERTMESSAGES
MAXCONVERTPARTS MESSAGELIMIT METADATA MODIFIED NEWNAME NOMODSEQ NONEXISTENT NOPERM NOTIFICATIONOVERFLOW NOTSAVED NOUPDATE
OVERQUOTA PARSE PERMANENTFLAGS PRIVACYREQUIRED READ-ONLY READ-WRITE REFERRAL SERVERBUG TEMPFAIL TOOBIG TRYCREATE UIDNEXT
UIDNOTSTICKY UIDREQUIRED UIDVALIDITY UNAVAILABLE UNDEFINED-FILTER UNKNOWN-CTE UNSEEN URLMECH USEATTR`.split(/\s+/);

describe('response codes', () => {
  it.each(REGISTRY)('%s has a row with its RFC, its meaning and what is done about it', (code) => {
    const row = RESPONSE_CODES.get(code);
    expect(row?.rfc).toMatch(/^\d{4}/);
    expect(row?.meaning).not.toBe('');
    expect(row?.action).not.toBe('');
  });

  it.each([...RESPONSE_CODES.values()].filter(({ withNo }) => withNo).map(({ code }) => code))(
    '%s with NO and no text that helps is decided by the code',
    (code) => {
      const verdict = classify({ line: `A1 NO [${code}] sorry`, command: 'SELECT', side: 'destination' });
      expect(verdict.code).toBe(code);
      if (code !== 'ALERT') expect(groundsText(verdict)).toContain(`code ${code}`);
      expect(adviceText(verdict.advice, 'x')).not.toBe('');
      if (code !== 'ALERT') expect(verdict.rule).not.toMatch(/^no(?:-(?:login|connect|append|copy|folder))?$/);
    },
  );
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/engine/responses/classify.js';
import { RESPONSE_CODES } from '../../../src/engine/responses/codes.js';
import { KNOWN_SERVERS } from '../../../src/engine/responses/rules/known-servers.js';
import { causeOf } from '../../../src/store/errors/response-cause.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { groundsText } from '../../../src/words/grounds/grounds-text.js';
import { KINDS, NEXTS, SCOPES } from '../../../src/words/verdict.js';
import { misread, responseOf, samplesIn } from './samples.js';

const read = (line: string, command: string | null, side: 'source' | 'destination' = 'source') =>
  classify({ line, command, side });

const FILES = [
  './responses.jsonl',
  './further-lines.jsonl',
  './later-lines.jsonl',
  './wire-lines.jsonl',
  './third-lines.jsonl',
];

describe('what an administrator of the server must mend', () => {
  const alert =
    '* OK [ALERT] Filesystem notification initialization error -- contact your mail administrator (check for configuration errors with the FAM/Gamin library)';

  it.each([null, 'SELECT', 'EXAMINE', 'APPEND', 'LOGIN'])('is told once and holds nothing, beside %s', (command) => {
    const verdict = read(alert, command, 'destination');
    expect(verdict).toMatchObject({ kind: 'server-bug', scope: 'mailbox', next: 'note' });
    expect(adviceText(verdict.advice, 'x')).toContain('does not pass by itself');
  });
});

describe('a folder of the destination that was opened for reading only', () => {
  it('lacks rights where flags are refused: it is noted, no freeze is waited for', () => {
    const verdict = read('NO Current box is selected READ-ONLY.', 'UID STORE', 'destination');
    expect(verdict).toMatchObject({ kind: 'folder', scope: 'folder', next: 'note' });
  });

  it.each([
    ['NO [READ-ONLY] Mailbox is selected READ-ONLY', 'UID STORE'],
    ['NO The mailbox is read-only', 'UID STORE'],
    ['NO The mailbox is read-only', 'APPEND'],
  ])('is waited for where the mailbox is frozen: %s on %s', (line, command) => {
    expect(read(line, command, 'destination')).toMatchObject({ kind: 'mailbox-state', next: 'wait' });
  });
});

describe('on real lines', () => {
  it.each(FILES)('reads at least 97%% of %s as its judge did', (file) => {
    const samples = samplesIn(file);
    const wrong = misread(samples);
    expect(wrong.length / samples.length, wrong.join('\n')).toBeLessThanOrEqual(0.03);
  });

  it.each(FILES)('says of %s how far they reach and which wait they name', (file) => {
    for (const sample of samplesIn(file)) {
      const { kind, scope, waitSeconds } = classify(responseOf(sample));
      if (sample.waitSeconds !== undefined) expect(waitSeconds, sample.line).toBe(sample.waitSeconds);
      if (sample.scope !== undefined && kind === sample.kind) expect(scope, sample.line).toBe(sample.scope);
    }
  });

  it('has no rule that was made for one line of the sample, unless it names its server', () => {
    const decided = new Map<string, Set<string>>();
    for (const sample of FILES.flatMap(samplesIn)) {
      const { rule } = classify(responseOf(sample));
      decided.set(rule, (decided.get(rule) ?? new Set()).add(causeOf(sample.line).toLowerCase()));
    }
    const named = new Set(KNOWN_SERVERS.map(({ name }) => name));
    const inSample = new Set(samplesIn('./responses.jsonl').map((sample) => classify(responseOf(sample)).rule));
    const once = [...inSample].filter((rule) => !named.has(rule) && decided.get(rule)?.size === 1);
    expect(once).toEqual([]);
  });

  it('is not moved by another tag, another case of the code, or timings at the end', () => {
    for (const sample of samplesIn('./responses.jsonl')) {
      const response = responseOf(sample);
      const { kind, next } = classify(response);
      const bare = response.line.replace(/^(?!\*)\S+ (?=(?:NO|BAD) )/, '');
      const tagged = bare.startsWith('*') ? bare : `zz9 ${bare}`;
      const recoded = tagged.replace(/\[[A-Z]+\]/, (code) => code.toLowerCase());
      expect(classify({ ...response, line: `${recoded} (0.001 + 0.000 secs).` }), sample.line).toMatchObject({
        kind,
        next,
      });
    }
  });
});

describe('the same code means different things', () => {
  it.each([
    ['NO [LIMIT] UID FETCH Rate limit hit.', 'UID FETCH', 'throttled'],
    ['NO [LIMIT] Message exceeds the maximum size', 'APPEND', 'message-policy'],
    ['NO [OVERQUOTA] Account exceeded command or bandwidth limits.', 'UID FETCH', 'throttled'],
    ['NO [OVERQUOTA] Quota exceeded', 'APPEND', 'quota'],
    ['NO [UNAVAILABLE] Backend down', 'SELECT', 'transient'],
    ['NO [UNAVAILABLE] Mailbox is being checked', 'EXAMINE', 'mailbox-state'],
    ['NO [UNAVAILABLE] Maximum number of connections exceeded', 'LOGIN', 'throttled'],
    ['NO [ALERT] Too many simultaneous connections. (Failure)', 'LOGIN', 'throttled'],
    ['NO [ALERT] Application-specific password required', 'LOGIN', 'auth'],
    ['NO [CLIENTBUG] No final CRLF', 'APPEND', 'message-policy'],
    ['BAD [CLIENTBUG] Wrong session state', 'FETCH', 'client-bug'],
    ['NO [SERVERBUG] Internal error, please try again later', 'SELECT', 'transient'],
    ['NO [SERVERBUG] Internal error occurred. Refer to server log for more information.', 'SELECT', 'server-bug'],
  ])('%s after %s is %s', (line, command, kind) => {
    expect(read(line, command, command === 'APPEND' ? 'destination' : 'source').kind).toBe(kind);
  });
});

describe('what happens next', () => {
  it('waits where the source is in repair, and skips the message where the destination refuses for good', () => {
    expect(read('NO Permanent error: mailbox is in repair', 'SELECT')).toMatchObject({
      kind: 'mailbox-state',
      next: 'wait',
    });
    expect(read('NO Permanent failure', 'APPEND', 'destination')).toMatchObject({
      kind: 'message-policy',
      next: 'skip-message',
    });
    expect(read('NO Mailbox is read-only', 'APPEND', 'destination')).toMatchObject({
      kind: 'mailbox-state',
      next: 'wait',
    });
  });

  it.each([
    ['NO [ALREADYEXISTS] Mailbox already exists', 'CREATE'],
    ['NO Mailbox already exists', 'CREATE'],
    ['* OK [CLOSED] Previous mailbox closed', 'SELECT'],
    ['* OK [INPROGRESS ("A1" 175 1000)] Still busy', 'COPY'],
    ['A1 OK Completed', 'APPEND'],
    ['* 5 EXISTS', 'NOOP'],
  ])('asks for nothing after good news: %s', (line, command) => {
    expect(read(line, command, 'destination').next).toBe('ignore');
  });

  it('notes a warning that comes with OK, and goes on', () => {
    expect(read('A1 OK [OVERQUOTA] Over quota soon', 'APPEND', 'destination')).toMatchObject({
      kind: 'quota',
      next: 'note',
    });
    expect(read('A1 OK [CONTACTADMIN] Please call us', 'LOGIN')).toMatchObject({ kind: 'auth', next: 'note' });
    expect(read('A2 OK Success [THROTTLED]', 'UID FETCH')).toMatchObject({
      kind: 'throttled',
      next: 'note',
      code: 'THROTTLED',
    });
    expect(read('* NO Mailbox is at 95% of quota', 'SELECT').kind).not.toBe('client-bug');
  });

  it('never takes a refused message for one that needs nothing more', () => {
    for (const code of RESPONSE_CODES.keys()) {
      for (const status of ['NO', 'BAD']) {
        const { next } = read(`A1 ${status} [${code}] sorry`, 'APPEND', 'destination');
        expect(['note', 'ignore'], code).not.toContain(next);
      }
    }
  });

  it('reaches no message before one is fetched or sent', () => {
    for (const code of RESPONSE_CODES.keys()) {
      expect(read(`A1 NO [${code}] sorry`, 'EXAMINE').scope, code).not.toBe('message');
      expect(['mailbox', 'endpoint'], code).toContain(read(`A1 NO [${code}] sorry`, 'LOGIN').scope);
    }
  });

  it('asks for less at once where a batch was too much', () => {
    expect(read('A1 NO [MESSAGELIMIT 1000] Too many', 'APPEND', 'destination')).toMatchObject({
      scope: 'message',
      next: 'retry',
    });
  });

  it('creates a missing folder once', () => {
    expect(read('NO [TRYCREATE] No folder', 'APPEND', 'destination').next).toBe('create-folder');
  });

  it('renews an expired token before holding the mailbox', () => {
    expect(read('NO [EXPIRED] Access Token has expired', 'AUTHENTICATE').next).toBe('renew-token');
    expect(read('* BYE Session invalidated - AccessTokenExpired', null)).toMatchObject({
      kind: 'auth',
      next: 'renew-token',
    });
  });

  it('gives up no message and no folder for a fault that ended the session, or that is of the session', () => {
    expect(read('* BYE Too many invalid IMAP commands.', 'UID FETCH')).toMatchObject({
      kind: 'client-bug',
      scope: 'mailbox',
      next: 'retry',
    });
    expect(read('A5 BAD No mailbox selected.', 'UID FETCH')).toMatchObject({ scope: 'mailbox', next: 'retry' });
    expect(read('A5 NO must be in SELECTED state', 'UID FETCH')).toMatchObject({
      kind: 'client-bug',
      scope: 'mailbox',
    });
  });

  it('takes a ceiling met before login for the endpoint, after it for the mailbox, unless the text says which', () => {
    expect(read('* BYE Too many connections', 'connect').scope).toBe('endpoint');
    expect(read('NO [ALERT] Too many simultaneous connections. (Failure)', 'LOGIN').scope).toBe('mailbox');
    expect(read('NO Too many connections from your IP address', 'LOGIN').scope).toBe('endpoint');
    expect(read('* BYE Server is down for maintenance', 'LOGIN').scope).toBe('endpoint');
    expect(read('NO Your mailbox is under maintenance', 'LOGIN').scope).toBe('mailbox');
  });

  it('opens the circuit only for what concerns the endpoint', () => {
    expect(read('* BYE Too many connections', 'connect').scope).toBe('endpoint');
    expect(read('NO [LIMIT] Maximum number of connections from user+IP exceeded', 'LOGIN').scope).toBe('mailbox');
    expect(read('NO [AUTHENTICATIONFAILED] Invalid credentials', 'LOGIN').scope).toBe('mailbox');
  });
});

describe('a folder named like an error', () => {
  it('is not taken for the error it names', () => {
    expect(read("NO Mailbox doesn't exist: Quota exceeded reports", 'SELECT').kind).toBe('folder');
    expect(read('NO Unknown mailbox "Over quota"', 'SELECT').kind).toBe('folder');
  });
});

describe('where the endpoint is known', () => {
  it("leaves out wordings of another provider's server", () => {
    const line = 'NO Server Unavailable. 15';
    const response = { line, command: 'APPEND', side: 'destination' } as const;
    expect(classify({ ...response, provider: 'Microsoft 365' }).kind).toBe('quota');
    expect(classify({ ...response, provider: 'dovecot' }).kind).toBe('transient');
  });
});

describe('on hostile input', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      'NO',
      'BAD',
      '* BYE',
      '[',
      ']',
      '[ALERT]',
      '[OVERQUOTA',
      '\u001b]0;',
      '\u009b',
      'quota',
      'too many',
      '邮箱',
      '"',
      '\r\n',
    ),
  );
  const line = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(' '));
  const command = fc.option(
    fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('APPEND', 'uid fetch', '__proto__', 'constructor')),
  );

  it('never throws, and always gives a whole verdict', () => {
    fc.assert(
      fc.property(line, command, fc.constantFrom('source' as const, 'destination' as const), (text, verb, side) => {
        const verdict = classify({ line: text, command: verb, side });
        expect(KINDS).toContain(verdict.kind);
        expect(SCOPES).toContain(verdict.scope);
        expect(NEXTS).toContain(verdict.next);
        expect(verdict.waitSeconds).toBeGreaterThanOrEqual(0);
        expect(verdict.waitSeconds).toBeLessThanOrEqual(86_400);
        expect(Number.isInteger(verdict.waitSeconds)).toBe(true);
        expect(adviceText(verdict.advice, 'x').length).toBeGreaterThan(0);
        expect(groundsText(verdict).length).toBeLessThan(400);
        expect(verdict.code === null || /^[A-Z0-9/_.-]{2,40}$/.test(verdict.code)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('looks at the first 4 KB only', () => {
    const long = `NO ${'x '.repeat(4096)}`;
    expect(read(`${long} quota exceeded`, 'APPEND', 'destination')).toEqual(read(long, 'APPEND', 'destination'));
  });

  it('shows no control character of the line in its grounds', () => {
    const verdict = read('NO [ALERT] quota\u001b[31m exceeded\u202e', 'APPEND\u001b[2J', 'destination');
    expect(groundsText(verdict)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
  });
});

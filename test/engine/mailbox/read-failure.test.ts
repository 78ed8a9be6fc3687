import { describe, expect, it } from 'vitest';
import { RefusalStreak, TooManyRefusals } from '../../../src/engine/copy/transfer/refusal-streak.js';
import { CredentialLater, CredentialMissing } from '../../../src/engine/imap/session/credentials.js';
import { LoginFailed } from '../../../src/engine/imap/session/login-failed.js';
import { TooManyNames } from '../../../src/engine/listing/too-many-names.js';
import { readFailure } from '../../../src/engine/mailbox/read-failure.js';
import { classify } from '../../../src/engine/responses/classify.js';

describe('a server that sends somebody away', () => {
  const sentAway = (during: 'connect' | 'login') =>
    readFailure(new LoginFailed('source', '* BYE Too busy', false, 'closed', null, 'password', during));

  it('before it has greeted concerns whoever comes, after the login that mailbox', () => {
    expect(sentAway('connect')?.verdict).toMatchObject({ kind: 'transient', scope: 'endpoint' });
    expect(sentAway('login')?.verdict).toMatchObject({ kind: 'transient', scope: 'mailbox' });
  });
});

describe('too many refusals in a row', () => {
  const refusal = 'NO [SERVERBUG] Cannot read this message';
  const verdict = classify({ line: refusal, command: 'UID FETCH', side: 'source' });

  it('hold the mailbox, and name the side and the command', () => {
    const streak = new RefusalStreak('source', 'UID FETCH');
    let thrown: unknown;
    for (let i = 0; i < 24; i++) streak.refused(verdict, refusal);
    try {
      streak.refused(verdict, refusal);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TooManyRefusals);
    expect(readFailure(thrown)).toMatchObject({
      side: 'source',
      command: 'UID FETCH',
      response: refusal,
      goes: 'hold',
    });
  });

  it('are counted anew when one was taken, and quota by itself', () => {
    const streak = new RefusalStreak('destination', 'APPEND');
    const full = classify({ line: 'NO [OVERQUOTA] Full', command: 'APPEND', side: 'destination' });
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 24; i++) streak.refused(verdict, refusal);
      for (let i = 0; i < 4; i++) streak.refused(full, 'NO [OVERQUOTA] Full');
      streak.taken();
    }
    for (let i = 0; i < 4; i++) streak.refused(full, 'NO [OVERQUOTA] Full');
    expect(() => streak.refused(full, 'NO [OVERQUOTA] Full')).toThrow(TooManyRefusals);
  });
});

it('holds an account whose list of folders has no end, with its rows as data', () => {
  const found = { key: 'list without end', side: 'destination', rows: 100_001, characters: 6_000_000 } as const;
  const failure = readFailure(new TooManyNames(found));
  expect(failure).toMatchObject({ goes: 'hold', side: 'destination', command: 'LIST' });
  expect(failure?.response).toContain('100,001 rows');
  expect(failure?.verdict).toMatchObject({ rule: 'engine:too-many-names', grounds: { key: 'found', found } });
});

describe('a credential that cannot be had', () => {
  it('holds the mailbox with the step that mends it, where one is known', () => {
    const WRONG = { key: 'application refused', wrong: 'secret expired' } as const;
    const failure = readFailure(new CredentialMissing('source', 'the secret has expired', WRONG));
    expect(failure).toMatchObject({ goes: 'hold', response: 'the secret has expired' });
    expect(failure?.verdict).toMatchObject({ kind: 'auth', advice: WRONG });
    expect(readFailure(new CredentialMissing('source', 'none'))?.verdict.advice.key).toBe('credential missing');
  });

  it('for now lets it rest as long as was said, and asks nobody', () => {
    const failure = readFailure(new CredentialLater('destination', 'id.example is busy', 90));
    expect(failure).toMatchObject({
      goes: 'rest',
      side: 'destination',
      verdict: { kind: 'transient', waitSeconds: 90 },
    });
  });
});

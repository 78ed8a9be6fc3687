import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../src/protocol/answers.js';
import { MINUTE, NOW } from './a-batch.js';

export function anEntry(mailbox: string, count: number, more: Partial<ErrorEntryEntity> = {}): ErrorEntryEntity {
  return {
    id: `${mailbox}/${count}`,
    skipped: 0,
    accepted: false,
    mailbox,
    side: 'destination',
    command: 'APPEND',
    folder: 'INBOX',
    destinationUids: '',
    doubled: 0,
    uids: count > 0 ? `48213:${48212 + count}` : '',
    count,
    affected: count,
    attempts: count > 0 ? 3 : 0,
    times: Math.max(1, count),
    firstAt: NOW - 214 * MINUTE,
    lastAt: NOW - 62 * MINUTE,
    response: 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
    verdict: {
      kind: 'quota',
      code: 'OVERQUOTA',
      scope: 'mailbox',
      next: 'skip-message',
      waitSeconds: 0,
      advice: {
        key: 'as-written',
        text: 'The destination is full. Look at its quota meter, raise the quota or empty the trash, then retry.',
      },
      rule: 'code-overquota',
      reason: 'code OVERQUOTA on APPEND',
    },
    own: [],
    ...more,
  };
}

export function aGroup(entries: readonly ErrorEntryEntity[], more: Partial<ErrorGroupEntity> = {}): ErrorGroupEntity {
  return {
    key: entries[0]?.verdict.code ?? entries[0]?.verdict.kind ?? '',
    side: entries[0]?.side ?? null,
    doubled: entries.reduce((sum, { doubled }) => sum + doubled, 0),
    failures: entries.filter(({ count }) => count === 0).length,
    skipped: 0,
    trend: [1, 4, 2, 0, 7, 3],
    trendFrom: NOW - 180 * MINUTE,
    code: entries[0]?.verdict.code ?? null,
    kind: entries[0]?.verdict.kind ?? 'quota',
    standing: 'open',
    messages: entries.reduce((sum, { count }) => sum + count, 0),
    affected: entries.reduce((sum, { affected }) => sum + affected, 0),
    mailboxes: new Set(entries.map(({ mailbox }) => mailbox)).size,
    firstAt: Math.min(...entries.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...entries.map(({ lastAt }) => lastAt)),
    size: entries.length,
    entries,
    ...more,
  };
}

export function someErrors(): readonly ErrorGroupEntity[] {
  const policy = anEntry('dave', 3, {
    response: 'NO 5.7.0 attachment of this type is not accepted here',
    lastAt: NOW - 16 * MINUTE,
    verdict: {
      kind: 'message-policy',
      code: null,
      scope: 'message',
      next: 'skip-message',
      waitSeconds: 0,
      advice: { key: 'as-written', text: 'The server will not take this message. It is skipped and listed.' },
      rule: 'refused-content',
      reason: 'words "not accepted" on APPEND',
    },
    own: [{ uid: 12, response: 'NO 5.7.0 .exe is not accepted here' }],
  });
  const login = anEntry('tom@new.example', 0, {
    side: 'source',
    command: 'LOGIN',
    folder: null,
    response: 'NO [AUTHENTICATIONFAILED] Authentication failed.',
    verdict: {
      ...anEntry('', 0).verdict,
      kind: 'auth',
      code: 'AUTHENTICATIONFAILED',
      advice: { key: 'as-written', text: 'User name or password is refused.' },
    },
  });
  return [
    aGroup([anEntry('maria@new.example', 88), anEntry('peter@new.example', 43, { folder: 'Archive/2018' })]),
    aGroup([policy], { code: null }),
    aGroup([login]),
  ];
}

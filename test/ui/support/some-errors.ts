import { classify } from '../../../src/engine/responses/classify.js';
import type { ErrorEntryEntity, ErrorGroupEntity } from '../../../src/protocol/answers.js';
import { MINUTE, NOW } from './a-batch.js';

const FULL = 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)';
const REFUSED = 'NO 5.7.0 attachment of this type is not accepted here';
const NO_LOGIN = 'NO [AUTHENTICATIONFAILED] Authentication failed.';

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
    response: FULL,
    verdict: classify({ line: FULL, command: 'APPEND', side: 'destination' }),
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
    response: REFUSED,
    lastAt: NOW - 16 * MINUTE,
    verdict: classify({ line: REFUSED, command: 'APPEND', side: 'destination' }),
    own: [{ uid: 12, response: 'NO 5.7.0 .exe is not accepted here' }],
  });
  const login = anEntry('tom@new.example', 0, {
    side: 'source',
    command: 'LOGIN',
    folder: null,
    response: NO_LOGIN,
    verdict: classify({ line: NO_LOGIN, command: 'LOGIN', side: 'source' }),
  });
  return [
    aGroup([anEntry('maria@new.example', 88), anEntry('peter@new.example', 43, { folder: 'Archive/2018' })]),
    aGroup([policy], { code: null }),
    aGroup([login]),
  ];
}

import { expect, it } from 'vitest';
import { answerTo } from '../../../src/engine/notices/answer-command.js';
import type { NeedCause, News } from '../../../src/engine/notices/notice.js';
import { NO_COUNTS } from '../../../src/protocol/entities.js';

function need(kind: NeedCause['kind'], code: string | null, change: Partial<News & { event: 'needs-you' }> = {}): News {
  return {
    event: 'needs-you',
    cause: { kind, side: 'source', code, response: '', asks: { key: 'password' } },
    mailboxes: 2,
    fresh: 2,
    engine: 'runs',
    examples: ['ann@x', 'bob@x'],
    messages: 0,
    ...change,
  };
}
const ONE = { mailboxes: 1, fresh: 1, examples: ['ann@x'] } as const;
const ended = (exitCode: number, verdict: (News & { event: 'ended' })['verdict']): News => ({
  event: 'ended',
  verdict,
  exitCode,
  startedAt: 0,
  mailboxes: 1,
  counts: NO_COUNTS,
  errors: 0,
  needs: 0,
});

it.each<[News, string]>([
  [need('password', 'AUTHENTICATIONFAILED'), 'nightferry attach school'],
  [need('password', 'AUTHENTICATIONFAILED', ONE), 'nightferry password school --mailbox ann@x'],
  [need('password', 'AUTHENTICATIONFAILED', { engine: 'ended' }), 'nightferry resume school'],
  [need('held', 'OVERQUOTA'), 'nightferry release school --code OVERQUOTA'],
  [need('held', 'OVERQUOTA', ONE), 'nightferry release school --mailbox ann@x'],
  [need('held', null), 'nightferry release school'],
  [need('held', 'OVERQUOTA', { engine: 'ended' }), 'nightferry resume school'],
  [need('waits-long', null), 'nightferry attach school'],
  [need('incomplete', null), 'nightferry errors school'],
  [need('incomplete', null, { ...ONE, engine: 'ended' }), 'nightferry errors school --mailbox ann@x'],
  [need('twice', null, { engine: 'ended' }), 'nightferry quarantine school'],
  [ended(0, 'all-settled'), 'nightferry status school'],
  [ended(3, 'errors-open'), 'nightferry errors school'],
  [ended(4, 'stopped'), 'nightferry resume school'],
  [{ event: 'test' }, ''],
])('%j is answered by %s', (news, command) => {
  expect(answerTo(news, 'school')).toBe(command);
});

it.each([
  ["o'neil@x", "'o'\\''neil@x'"],
  ['a b@x', "'a b@x'"],
  ['$(x)@x', "'$(x)@x'"],
  ['ann+tag@x-y.z', 'ann+tag@x-y.z'],
])('a mailbox %s is one word of a shell', (email, word) => {
  const news = need('held', null, { ...ONE, examples: [email] });
  expect(answerTo(news, 'school')).toBe(`nightferry release school --mailbox ${word}`);
});

import { describe, expect, it } from 'vitest';
import { settled, share } from '../../../src/protocol/figures.js';
import { attentionRank, atWork, byAttention } from '../../../src/ui/select/attention.js';
import { filterMailboxes } from '../../../src/ui/select/filter-mailboxes.js';
import { mailboxLine } from '../../../src/ui/select/mailbox-text.js';
import { said } from '../../support/a-reason.js';
import { aCopying, aHeld, aMailbox, aNight, counts, MINUTE, NOW } from '../support/a-batch.js';

const emails = (list: readonly { email: string }[]) => list.map(({ email }) => email);

describe('what an operator sees first', () => {
  it('is of those at work who began first, then those that rest, then the paused ones', () => {
    const list = [
      aMailbox('paused', { state: { kind: 'paused' } }),
      aMailbox('rests', { state: { kind: 'backing-off', until: NOW, because: { key: 'turn' } }, startedAt: 1 }),
      aCopying('later', 0.5, { startedAt: NOW }),
      aCopying('first', 0.5, { startedAt: NOW - MINUTE }),
      aMailbox('queued'),
    ];
    expect(emails(atWork(list))).toEqual(['first', 'later', 'rests', 'paused']);
  });

  it('has every mailbox once, in ranks, and those that need somebody in the order of that list', () => {
    const night = aNight();
    const ordered = byAttention(night);
    expect(new Set(ordered).size).toBe(night.length);
    const ranks = ordered.map(attentionRank);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(emails(ordered).slice(0, 2)).toEqual(['tom@new.example', 'maria@new.example']);
  });

  it('has what is done with errors before what waits and what is done without', () => {
    const done = { kind: 'synced' as const, at: NOW };
    const list = [
      aMailbox('clean', { state: done }),
      aMailbox('waits'),
      aMailbox('errors', { state: done, errors: 2 }),
    ];
    expect(emails(byAttention(list))).toEqual(['errors', 'waits', 'clean']);
  });
});

describe('the filter over mailboxes', () => {
  const night = aNight();

  it('looks at names, states, folders, reasons and responses', () => {
    expect(emails(filterMailboxes(night, 'maria'))).toEqual(['maria@new.example']);
    expect(emails(filterMailboxes(night, 'verifying'))).toEqual(['eve']);
    expect(emails(filterMailboxes(night, '下書き'))).toEqual(['日本支社@example.jp']);
    expect(emails(filterMailboxes(night, 'being checked'))).toEqual(['carol']);
    expect(emails(filterMailboxes(night, 'too large'))).toEqual(['dave']);
    expect(emails(filterMailboxes(night, 'errors'))).toEqual(['dave', 'maria@new.example', 'tom@new.example']);
  });

  it('inverts words and is nothing when it is empty', () => {
    const rest = filterMailboxes(night, '!synced !queued');
    expect(rest).toHaveLength(night.length - 136 - 41);
    expect(filterMailboxes(night, '  ')).toBe(night);
  });
});

describe('numbers of a mailbox', () => {
  it('are settled when it is known what became of a message', () => {
    expect(settled(counts(10, 4, { failed: 2, left: 4 }))).toBe(6);
    expect(share(counts(10, 5))).toBe(0.5);
    expect(share(counts(0, 0))).toBe(0);
  });

  it('go into one line for a ticket', () => {
    expect(mailboxLine(aHeld('maria', said('destination', 'NO [OVERQUOTA] full'), 'x'))).toBe(
      'maria\theld: destination: NO [OVERQUOTA] full\tmessages 9000, copied 4000, there already 0, skipped 0, failed 88, vanished 0, left 4912\terrors 88',
    );
  });
});

import { describe, expect, it } from 'vitest';
import type { MailboxState } from '../../../src/engine/protocol.js';
import {
  adviceOf,
  entryKey,
  entryText,
  filterEntries,
  filterGroups,
  groupKey,
  groupName,
  sidesOf,
  sumGroups,
} from '../../../src/ui/select/errors.js';
import { canObey, commandFor, type Order, obeying, pauseOrContinue } from '../../../src/ui/select/orders.js';
import { aCopying, aGroup, aMailbox, anEntry, NOW, someErrors } from '../support/a-batch.js';

describe('groups of errors', () => {
  const groups = someErrors();

  it('are named by their code, or by the kind where there is none', () => {
    expect(groups.map(groupName)).toEqual(['OVERQUOTA', '(message-policy)', 'AUTHENTICATIONFAILED']);
  });

  it('of one code are two where some are only noted', () => {
    const entries = [anEntry('maria', 3)];
    expect(groupKey(aGroup(entries))).not.toBe(groupKey(aGroup(entries, { standing: 'settled' })));
    expect(adviceOf(aGroup(entries, { standing: 'settled' }))).toContain('nothing is left to do');
    expect(adviceOf(aGroup(entries))).toBe('The destination is full.');
  });

  it('tell their sides', () => {
    expect(groups.map(sidesOf)).toEqual(['dest', 'dest', 'src']);
    expect(sidesOf(aGroup([anEntry('a', 1), anEntry('b', 1, { side: 'source' })]))).toBe('both');
  });

  it('are summed without counting a mailbox twice', () => {
    expect(sumGroups(groups)).toEqual({ messages: 134, mailboxes: 4 });
    expect(sumGroups([aGroup([anEntry('a', 1)]), aGroup([anEntry('a', 2)])])).toEqual({ messages: 3, mailboxes: 1 });
    expect(sumGroups([aGroup([anEntry('a', 1)], { mailboxes: 700 })]).mailboxes).toBe(700);
    expect(sumGroups([])).toEqual({ messages: 0, mailboxes: 0 });
  });

  it('are found by what any of their entries says', () => {
    expect(filterGroups(groups, 'peter').map(groupName)).toEqual(['OVERQUOTA']);
    expect(filterGroups(groups, '!overquota !login').map(groupName)).toEqual(['(message-policy)']);
    expect(filterEntries(groups[0]?.entries ?? [], 'archive').map(({ mailbox }) => mailbox)).toEqual([
      'peter@new.example',
    ]);
  });

  it('keep the key of an entry while its numbers grow', () => {
    const entry = anEntry('maria', 88);
    expect(entryKey({ ...entry, count: 90, uids: '1:90', lastAt: NOW, times: 90 })).toBe(entryKey(entry));
    expect(entryKey({ ...entry, folder: 'Sent' })).not.toBe(entryKey(entry));
    expect(entryText(entry)).toContain('88 messages UIDs 48213:48300\tattempts 3, times 88');
  });
});

describe('orders for mailboxes', () => {
  const states: Readonly<Record<MailboxState['kind'], MailboxState>> = {
    queued: { kind: 'queued', startsAt: null, why: '' },
    connecting: { kind: 'connecting' },
    scanning: { kind: 'scanning' },
    copying: { kind: 'copying' },
    verifying: { kind: 'verifying' },
    'backing-off': { kind: 'backing-off', until: NOW, because: '' },
    held: { kind: 'held', because: '', asks: '' },
    paused: { kind: 'paused' },
    stopped: { kind: 'stopped' },
    synced: { kind: 'synced', at: NOW },
    completed: { kind: 'completed', at: NOW },
  };
  const obeys = (order: Order) =>
    Object.values(states)
      .filter((state) => canObey(order, aMailbox('ann', { state })))
      .map(({ kind }) => kind);

  it('are for the states in which they mean something', () => {
    expect(obeys({ kind: 'pause' })).toEqual([
      'queued',
      'connecting',
      'scanning',
      'copying',
      'verifying',
      'backing-off',
    ]);
    expect(obeys({ kind: 'continue' })).toEqual(['paused']);
    expect(obeys({ kind: 'start' })).toEqual(['queued', 'backing-off', 'held', 'stopped', 'synced', 'completed']);
    expect(obeys({ kind: 'postpone', seconds: 60 })).toEqual(['queued', 'backing-off']);
    expect(obeys({ kind: 'stop' })).toEqual(obeys({ kind: 'pause' }));
  });

  it('pause while anything can be paused, and continue only what all are paused', () => {
    const paused = aMailbox('ann', { state: states.paused });
    expect(pauseOrContinue([paused])).toEqual({ kind: 'continue' });
    expect(pauseOrContinue([paused, aCopying('bob', 0.5)])).toEqual({ kind: 'pause' });
    expect(obeying({ kind: 'pause' }, [paused, aCopying('bob', 0.5)]).map(({ email }) => email)).toEqual(['bob']);
  });

  it('become commands by the id of the mailbox', () => {
    const ann = aMailbox('ann@new.example');
    const orders: readonly Order[] = [
      { kind: 'pause' },
      { kind: 'continue' },
      { kind: 'start' },
      { kind: 'postpone', seconds: 300 },
      { kind: 'stop' },
    ];
    expect(orders.map((order) => commandFor(order, ann))).toEqual([
      { do: 'pause', mailbox: 'ann-new-example' },
      { do: 'continue', mailbox: 'ann-new-example' },
      { do: 'start', mailbox: 'ann-new-example' },
      { do: 'postpone', mailbox: 'ann-new-example', seconds: 300 },
      { do: 'stop', how: 'drain', mailbox: 'ann-new-example' },
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import { classify } from '../../../src/engine/responses/classify.js';
import type { ErrorGroupEntity } from '../../../src/protocol/answers.js';
import type { MailboxState } from '../../../src/protocol/entities.js';
import {
  byStanding,
  concernedBy,
  entryText,
  groupName,
  responseTo,
  sharesOf,
  sidesOf,
  sumGroups,
  todoOf,
  whatToDo,
} from '../../../src/ui/select/errors.js';
import { trendBetween, trendsFrom } from '../../../src/ui/select/night-trend.js';
import { canObey, commandFor, type Order, obeying, pauseOrContinue, refusal } from '../../../src/ui/select/orders.js';
import { entriesTarget, groupsTarget, scopedFilter, uidTarget } from '../../../src/ui/select/triage-target.js';
import { countOf, nthUid, uidRanges } from '../../../src/ui/select/uid-ranges.js';
import { KINDS } from '../../../src/words/verdict.js';
import { aCopying, aMailbox, NOW } from '../support/a-batch.js';
import { aGroup, anEntry, someErrors } from '../support/some-errors.js';

describe('groups of errors', () => {
  const groups = someErrors();

  it('are named by their code, or by the kind where there is none or kinds are wanted', () => {
    expect(groups.map((group) => groupName(group))).toEqual(['OVERQUOTA', '(message-policy)', 'AUTHENTICATIONFAILED']);
    expect(groups.map((group) => groupName(group, 'kind'))).toEqual(['(quota)', '(message-policy)', '(auth)']);
  });

  it('say what to do, and where that is nothing', () => {
    const entries = [anEntry('maria', 3)];
    expect(todoOf(aGroup(entries))).toBe('raise quota, retry');
    expect(todoOf(aGroup(entries, { code: 'TOOBIG', kind: 'message-policy' }))).toBe('skip, or raise limit');
    expect(todoOf(aGroup(entries, { standing: 'settled' }))).toContain('nothing to do');
    expect(todoOf(aGroup(entries, { standing: 'skipped' }))).toContain('left out');
    for (const kind of KINDS)
      for (const standing of ['open', 'skipped', 'settled'] as const)
        expect(todoOf({ code: null, kind, standing, doubled: 0, entries: [] }).length).toBeLessThanOrEqual(21);
  });

  it('say by their rule that a right is missing, with a response code and without one', () => {
    const read = (line: string, command: string) => {
      const verdict = classify({ line, command, side: 'destination' });
      return todoOf(aGroup([anEntry('maria', 0, { verdict })], { code: verdict.code, kind: verdict.kind }));
    };
    for (const command of ['CREATE', 'STATUS', 'SELECT', 'APPEND'])
      for (const line of ['NO [NOPERM] Permission denied', 'NO Permission denied'])
        expect([command, line, read(line, command)]).toEqual([command, line, 'give the rights']);
    expect(read('NO [NOPERM] You may not', 'LOGIN')).toBe('give the admin rights');
    expect(read("NO Mailbox doesn't exist: Old", 'STATUS')).toBe('see the folder map');
    expect(read('NO Invalid mailbox name', 'CREATE')).toBe('map to another name');
    expect(whatToDo({ rule: 'engine:too-many-names', code: null, kind: 'folder' })).toBe('ask the provider');
  });

  it('of second copies have a name of their own, and the command that moves these away', () => {
    const group = aGroup([anEntry('maria', 0, { doubled: 131, destinationUids: '7:137' })], { code: null });
    expect(groupName(group)).toBe('(doubles)');
    expect(todoOf(group)).toBe('nightferry quarantine');
    expect(concernedBy(group)).toEqual({ n: 131, out: false });
    expect(concernedBy({ ...group, standing: 'skipped' })).toEqual({ n: 131, out: true });
  });

  it('come with what is left to do first, then what was left out, then notes', () => {
    const of = (standing: ErrorGroupEntity['standing'], key: string) => aGroup([anEntry('a', 1)], { standing, key });
    const mixed = [of('settled', '1'), of('skipped', '2'), of('open', '3'), of('open', '4'), of('settled', '5')];
    expect(byStanding(mixed).map(({ key }) => key)).toEqual(['3', '4', '2', '1', '5']);
  });

  it('tell their sides', () => {
    expect(groups.map(sidesOf)).toEqual(['dest', 'dest', 'src']);
    expect(sidesOf({ side: null })).toBe('both');
  });

  it('are summed over what is open, without counting a mailbox twice', () => {
    expect(sumGroups(groups)).toEqual({ messages: 134, failures: 1, mailboxes: 4, counted: 'all' });
    expect(sumGroups([aGroup([anEntry('a', 1)]), aGroup([anEntry('a', 2)])])).toMatchObject({
      messages: 3,
      mailboxes: 1,
    });
    expect(sumGroups([aGroup([anEntry('a', 1)], { mailboxes: 700, size: 900 })])).toMatchObject({
      mailboxes: 700,
      counted: 'at least',
    });
    expect(sumGroups([aGroup([anEntry('a', 5)], { standing: 'settled' })])).toMatchObject({
      messages: 0,
      mailboxes: 0,
    });
    expect(sumGroups([])).toEqual({ messages: 0, failures: 0, mailboxes: 0, counted: 'all' });
  });

  it('say who has how much, and in which folders', () => {
    const entries = [anEntry('ann', 2), anEntry('bob', 9), anEntry('ann', 8, { folder: 'Sent' })];
    expect(sharesOf(entries)).toEqual([
      {
        mailbox: 'ann',
        count: 10,
        affected: 0,
        doubled: 0,
        skipped: 0,
        folders: [
          { folder: 'Sent', count: 8 },
          { folder: 'INBOX', count: 2 },
        ],
      },
      { mailbox: 'bob', count: 9, affected: 0, doubled: 0, skipped: 0, folders: [{ folder: 'INBOX', count: 9 }] },
    ]);
  });

  it('have entries that are copied in one line, and responses of single messages', () => {
    expect(entryText(anEntry('maria', 88))).toContain('88 messages UIDs 48213:48300\tattempts 3, times 88');
    const entry = anEntry('maria', 88, { own: [{ uid: 48_214, response: 'NO over by 4 kB' }] });
    expect([48_213, 48_214].map((uid) => responseTo(entry, uid))).toEqual([entry.response, 'NO over by 4 kB']);
  });
});

describe('sparklines over the night', () => {
  const half = 1_800_000;
  const now = 100 * half + 5;

  it('stand under each other whenever their groups began', () => {
    const early = { trend: [4, 0, 1], trendFrom: 95 * half };
    const late = { trend: [7], trendFrom: 99 * half };
    expect(trendsFrom([aGroup([anEntry('a', 1)], late), aGroup([anEntry('a', 1)], early)], now)).toBe(95 * half);
    expect(trendBetween(early, 95 * half, now, 48)).toEqual([4, 0, 1, 0, 0, 0]);
    expect(trendBetween(late, 95 * half, now, 48)).toEqual([0, 0, 0, 0, 7, 0]);
    expect(trendBetween(early, 95 * half, now, 4)).toEqual([1, 0, 0, 0]);
    expect(trendsFrom([], now)).toBe(100 * half);
  });
});

describe('a set of UIDs', () => {
  const ranges = uidRanges('5:7,9,20:1000019');

  it('is counted and walked without being written out', () => {
    expect(countOf(ranges)).toBe(1_000_004);
    expect([0, 2, 3, 4, 1_000_003, 1_000_004, -1].map((i) => nthUid(ranges, i))).toEqual([
      5,
      7,
      9,
      20,
      1_000_019,
      null,
      null,
    ]);
  });

  it('is read as far as it can be, and whichever end of a run comes first', () => {
    expect(uidRanges('7:5, 9,x,,1:')).toEqual([
      [5, 7],
      [9, 9],
    ]);
    expect(uidRanges('')).toEqual([]);
  });
});

describe('what an order is for', () => {
  const groups = someErrors();
  const [quota, policy] = groups as [ErrorGroupEntity, ErrorGroupEntity];
  const chosen = { rows: groups, marked: [], current: quota, filter: '' };

  it('is what the cursor is on, else what is marked, else all that is shown', () => {
    expect(groupsTarget(chosen)).toMatchObject({
      selection: { filter: '', groups: [quota.key], entries: null, uids: null },
      called: 'this group',
      says: 'OVERQUOTA: 131 messages in 2 mailboxes',
      side: 'destination',
    });
    expect(groupsTarget({ ...chosen, marked: [policy] })).toMatchObject({
      selection: { groups: [policy.key] },
      called: '1 marked group',
    });
    expect(groupsTarget({ ...chosen, marked: groups, filter: 'side:dest' })).toMatchObject({
      selection: { filter: 'side:dest', groups: null, entries: null },
      called: 'all 3 groups that the filter shows',
      side: null,
    });
    expect(groupsTarget({ ...chosen, rows: [], current: null })).toBeNull();
  });

  it('within a group is of that group alone, and all of it also where not all was sent', () => {
    const { entries } = quota;
    const of = { rows: entries, marked: [], current: entries[1] ?? null, filter: 'words' };
    expect(entriesTarget(of, quota.key, 2)?.selection).toEqual({
      filter: 'words',
      groups: [quota.key],
      entries: [entries[1]?.id],
      uids: null,
    });
    expect(entriesTarget({ ...of, marked: entries }, quota.key, 700)).toMatchObject({
      selection: { groups: [quota.key], entries: null },
      called: 'all 700 entries that the filter shows',
    });
  });

  it('may be one message, or a failure of none', () => {
    const entry = anEntry('maria', 88);
    expect(uidTarget(entry, 48_214).selection).toEqual({
      filter: '',
      groups: null,
      entries: [entry.id],
      uids: '48214',
    });
    expect(uidTarget(entry, null).selection.uids).toBeNull();
  });

  it('is of one mailbox where its errors are looked at, whatever it is called', () => {
    expect(scopedFilter(undefined, ' code:LIMIT ')).toBe('code:LIMIT');
    expect(scopedFilter('ann@new.example', 'code:LIMIT')).toBe('mailbox:"ann@new.example" code:LIMIT');
    expect(scopedFilter('"odd name"@new.example', '')).toBe('mailbox:"*odd name*@new.example"');
  });
});

describe('orders for mailboxes', () => {
  const states: Readonly<Record<MailboxState['kind'], MailboxState>> = {
    queued: { kind: 'queued', startsAt: null, why: { key: 'turn' } },
    connecting: { kind: 'connecting' },
    scanning: { kind: 'scanning' },
    copying: { kind: 'copying' },
    verifying: { kind: 'verifying' },
    'backing-off': { kind: 'backing-off', until: NOW, because: { key: 'turn' } },
    held: { kind: 'held', because: { key: 'turn' }, asks: { key: 'password' } },
    paused: { kind: 'paused' },
    stopped: { kind: 'stopped' },
    synced: { kind: 'synced', at: NOW },
    incomplete: { kind: 'incomplete', at: NOW, left: 3, because: { key: 'short', by: [] } },
    completed: { kind: 'completed', at: NOW },
    'given-up': { kind: 'given-up', at: NOW, by: 'eva', reason: 'left' },
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
    expect(obeys({ kind: 'start' })).toEqual([
      'queued',
      'backing-off',
      'held',
      'stopped',
      'synced',
      'incomplete',
      'completed',
    ]);
    expect(obeys({ kind: 'postpone', seconds: 60 })).toEqual(['queued', 'backing-off']);
    expect(new Set(obeys({ kind: 'stop' }))).toEqual(new Set([...obeys({ kind: 'pause' }), 'paused']));
  });

  it('pause while anything can be paused, and continue only what all are paused', () => {
    const paused = aMailbox('ann', { state: states.paused });
    expect(pauseOrContinue([paused])).toEqual({ kind: 'continue' });
    expect(pauseOrContinue([paused, aCopying('bob', 0.5)])).toEqual({ kind: 'pause' });
    expect(obeying({ kind: 'pause' }, [paused, aCopying('bob', 0.5)]).map(({ email }) => email)).toEqual(['bob']);
  });

  it.each([
    ['held', 'continue', 'ann is held: R tries it again now'],
    ['synced', 'continue', 'ann is synced: nothing to pause; R runs it again'],
    ['stopped', 'continue', 'ann is stopped: nothing to pause; R runs it now'],
    ['paused', 'start', 'ann is paused: P lets it go on'],
    ['copying', 'start', 'ann is copying already'],
    ['held', 'stop', 'ann is held: nothing to stop'],
  ] as const)('say of one that is %s why %s means nothing, and which key does something', (state, kind, said) => {
    expect(refusal({ kind }, aMailbox('ann', { state: states[state] }))).toBe(said);
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

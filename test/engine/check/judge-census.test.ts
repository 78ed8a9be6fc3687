import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBatchOptions } from '../../../src/commands/input/batch-options.js';
import type { Census } from '../../../src/engine/check/census.js';
import { FINDING_KINDS, type FindingKind, SEVERITY_OF } from '../../../src/engine/check/finding.js';
import { groupFindings } from '../../../src/engine/check/group-findings.js';
import { judgeCensus } from '../../../src/engine/check/judge-census.js';
import { judgeQuota } from '../../../src/engine/check/judge-quota.js';
import { aCensus, aFolder } from './a-census.js';

const judged = (census: Census, flags = {}) => judgeCensus(census, { options: readBatchOptions(flags, 'UTC') });
const kinds = (census: Census, flags = {}) => judged(census, flags).map(({ kind }) => kind);

it('says nothing of an ordinary mailbox', () => {
  expect(judged(aCensus())).toEqual([]);
});

const quota = (used: number, limit: number) => ({
  quota: {
    source: { storage: null, messages: null },
    destination: { storage: { used, limit }, messages: null },
  },
});

describe('of a mailbox with one oddity it tells that, and nothing else', () => {
  const cases: readonly (readonly [FindingKind, Partial<Census>])[] = [
    ['folder-unreadable', { refused: [{ folder: 'Old', side: 'source', response: 'NO [NOPERM] closed' }] }],
    ['folder-renamed', { warnings: [{ kind: 'renamed', source: 'a.b', destination: 'a_b' }] }],
    ['folders-merged', { warnings: [{ kind: 'merged', sources: ['a', 'b'], destination: 'a' }] }],
    ['folders-differ-in-case', { warnings: [{ kind: 'case-clash', destinations: ['Old', 'old'] }] }],
    ['folder-is-view', { warnings: [{ kind: 'view', source: 'Starred' }] }],
    ['folder-name-undecodable', { warnings: [{ kind: 'unreadable-name', source: 'a&b' }] }],
    ['folder-into-no-mail', { warnings: [{ kind: 'no-mail-there', source: 'Kalender', destination: 'Kalender' }] }],
    ['folder-not-creatable', { warnings: [{ kind: 'no-inferiors', destination: 'a/b', parent: 'a' }] }],
    ['root-empty', { warnings: [{ kind: 'empty-root', root: 'users/ann' }] }],
    ['folder-left-out', { leftOut: [{ name: 'Public', why: 'shared' }] }],
    ['labels-double', { labels: 'doubled', folders: [aFolder({ isAllMail: true })] }],
    ['labels-once', { labels: 'once', folders: [aFolder({ isAllMail: true, carried: { messages: 2, bytes: 9 } })] }],
    ['all-mail-hidden', { labels: 'once' }],
    ['message-too-large', { folders: [aFolder({ tooLarge: { messages: 1, bytes: 2_000 }, limit: 1_500 })] }],
    ['message-empty', { folders: [aFolder({ empty: 1 })] }],
    ['message-size-unknown', { folders: [aFolder({ sizeUnknown: 1 })] }],
    ['message-marked-deleted', { folders: [aFolder({ deleted: 1 })] }],
    ['keywords-unknown', { folders: [aFolder({ withKeywords: 1 })] }],
    ['uids-not-kept', { folders: [aFolder({ uidValidity: null })] }],
    ['dates-impossible', { folders: [aFolder({ misdated: 1 })] }],
    ['folder-name-doubtful', { folders: [aFolder({ doubt: 'control character' })] }],
    ['list-row-unreadable', { unreadable: [{ side: 'source', row: '* LIST (' }] }],
    ['dates-of-one-day', { folders: [aFolder({ messages: 100 })], busiest: { day: 0, messages: 50 } }],
    ['quota-too-small', quota(0, 9_999)],
    ['quota-almost-full', quota(0, 11_000)],
    ['quota-unknown', { quota: { source: quota(0, 1).quota.destination, destination: quota(0, 1).quota.source } }],
    ['destination-not-empty', { folders: [aFolder({ there: 3 })] }],
    ['without-uidplus', { tellsUids: false }],
    ['mailbox-empty', { folders: [aFolder({ messages: 0, bytes: 0 })] }],
  ];
  it.each(cases)('%s', (kind, oddity) => {
    expect(kinds(aCensus(oddity))).toEqual([kind]);
  });
});

it('tells of messages over the limit how many there are, how large the largest is, and the limit', () => {
  const folders = [aFolder({ source: 'Sent', tooLarge: { messages: 2, bytes: 3_900 }, largest: 2_000, limit: 1_500 })];

  expect(judged(aCensus({ folders }))).toEqual([
    expect.objectContaining({
      kind: 'message-too-large',
      side: 'destination',
      mailbox: 'ann',
      folder: 'Sent',
      messages: 2,
      bytes: 2_000,
      limit: 1_500,
    }),
  ]);
});

it('leaves a folder without UIDs alone that holds no mail', () => {
  const folders = [aFolder(), aFolder({ source: 'Empty', messages: 0, uidValidity: null })];
  expect(kinds(aCensus({ folders }))).toEqual([]);
});

it('does not call a mailbox empty whose folders cannot be opened', () => {
  const refused = [{ folder: 'INBOX', side: 'source', response: 'NO' } as const];
  expect(kinds(aCensus({ folders: [], refused }))).toEqual(['folder-unreadable']);
});

it('does not report the view of all mail twice where labels double', () => {
  const folders = [aFolder({ source: 'All', isAllMail: true })];
  const warnings = [{ kind: 'view', source: 'All' } as const, { kind: 'view', source: 'Starred' } as const];
  expect(kinds(aCensus({ labels: 'doubled', folders, warnings }))).toEqual(['folder-is-view', 'labels-double']);
});

describe('dates of one day', () => {
  const of = (busiest: number, messages: number) =>
    aCensus({ folders: [aFolder({ messages })], busiest: { day: Date.UTC(2024, 1, 3), messages: busiest } });

  it.each([
    [49, 49],
    [50, 101],
  ])('%i of %i messages on the busiest day are ordinary', (busiest, messages) => {
    expect(kinds(of(busiest, messages))).toEqual([]);
  });

  it('names the day, and is silent where the dates are taken from the headers', () => {
    expect(judged(of(60, 100))).toEqual([expect.objectContaining({ messages: 60, told: '2024-02-03' })]);
    expect(kinds(of(60, 100), { dates: 'header' })).toEqual([]);
  });
});

describe('quota', () => {
  it('may be enough where the destination holds mail already', () => {
    const census = aCensus({ folders: [aFolder({ there: 2 })], ...quota(5_000, 10_000) });
    expect(judgeQuota(census)).toEqual([
      expect.objectContaining({ kind: 'quota-may-be-short', bytes: 10_000, limit: 5_000 }),
    ]);
  });

  it('counts messages, too', () => {
    const census = aCensus({
      quota: {
        source: { storage: null, messages: null },
        destination: { storage: null, messages: { used: 95, limit: 100 } },
      },
    });
    expect(judgeQuota(census)).toEqual([
      expect.objectContaining({ kind: 'quota-too-small', messages: 10, bytes: null, limit: 5 }),
    ]);
  });

  it('is too small exactly where more comes than there is room', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.nat(100_000), (bytes, used, limit) => {
        const found = judgeQuota(aCensus({ folders: [aFolder({ bytes })], ...quota(used, limit) }));
        const tooSmall = found.some(({ kind }) => kind === 'quota-too-small');
        expect(tooSmall).toBe(bytes > Math.max(0, limit - used));
      }),
    );
  });
});

it('groups by kind and side, the gravest first', () => {
  const census = aCensus({
    folders: [aFolder({ deleted: 2, source: 'a' }), aFolder({ deleted: 3, empty: 1, source: 'b' })],
    ...quota(0, 5),
  });

  expect(groupFindings(judged(census)).map(({ kind, mailboxes, messages }) => [kind, mailboxes, messages])).toEqual([
    ['quota-too-small', 1, null],
    ['message-empty', 1, 1],
    ['message-marked-deleted', 1, 5],
  ]);
});

it('has at least sixteen kinds that are no notes', () => {
  expect(FINDING_KINDS.filter((kind) => SEVERITY_OF[kind] !== 'note').length).toBeGreaterThanOrEqual(16);
});

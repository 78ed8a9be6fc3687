import { describe, expect, it } from 'vitest';
import { doubtsOf } from '../../../src/engine/listing/doubts.js';
import { gatherFolders } from '../../../src/engine/listing/gather.js';
import { type ListRow, readListRow } from '../../../src/engine/listing/list-row.js';
import { NO_NAMESPACES, readNamespaces } from '../../../src/engine/listing/namespaces.js';
import { response } from '../imap/grammar/responses.js';

const rowsOf = (lines: readonly string[]): ListRow[] =>
  lines.flatMap((line) => {
    const row = readListRow(response(`* LIST ${line}`));
    return row && row.kind !== 'unreadable' ? [row] : [];
  });

function doubts(listed: readonly string[], more: { subscribed?: string[]; namespaces?: string; past?: string[] } = {}) {
  const { subscribed = [], namespaces = '', past = [] } = more;
  const told = {
    folders: gatherFolders(rowsOf(listed), new Set(), false).folders,
    subscriptions: rowsOf(subscribed),
    namespaces: readNamespaces(response(`* NAMESPACE ${namespaces}`)) ?? NO_NAMESPACES,
  };
  const { open, list } = doubtsOf(told, new Set(past));
  return { open: open.map(({ wire, why }) => `${wire} ${why}`), list: list.map(({ pattern }) => pattern) };
}

const NOTHING = { open: [], list: [] };

describe('a list that is whole', () => {
  it.each([
    ['a few folders', ['() "/" INBOX', '() "/" Sent', '(\\HasChildren) "/" A', '(\\HasNoChildren) "/" A/b']],
    ['a prefix', ['() "." INBOX', '() "." INBOX.Sent', '() "." INBOX.A', '() "." INBOX.A.b']],
    ['no hierarchy', ['() NIL INBOX', '() NIL A/b']],
  ])('raises no doubt: %s', (_, listed) => {
    expect(doubts(listed, { namespaces: '(("INBOX." ".")) NIL NIL', subscribed: listed })).toEqual(NOTHING);
  });

  it('is asked once for what may lie below INBOX, and later only where something did', () => {
    const namespaces = '(("INBOX." ".")) NIL NIL';
    const list = ['INBOX.*'];
    expect(doubts(['() "." INBOX'], { namespaces })).toEqual({ open: [], list });
    expect(doubts(['() "." INBOX'], { namespaces, past: ['INBOX'] })).toEqual(NOTHING);
    expect(doubts(['() "." INBOX'], { namespaces, past: ['INBOX', 'INBOX.Archive'] })).toEqual({
      open: ['INBOX.Archive past'],
      list,
    });
  });
});

describe('a list that does not fit together', () => {
  it('has subscribed names to be opened, and in the first pass those that LSUB marks itself', () => {
    const subscribed = ['() "/" Gone', '(\\Noselect) "/" Above', '() "/" inbox'];
    expect(doubts(['() "/" INBOX'], { subscribed }).open).toEqual(['Gone subscribed', 'Above parent']);
    expect(doubts(['() "/" INBOX'], { subscribed, past: ['INBOX'] }).open).toEqual(['Gone subscribed']);
  });

  it('has names to be opened that an earlier pass opened, by which no folder is listed now', () => {
    const past = ['INBOX', 'Entwürfe', 'R&D', 'Kept'];
    expect(doubts(['() "/" Inbox', '() "/" Kept', '() "/" R&D'], { past }).open).toEqual(['Entw&APw-rfe past']);
  });

  it('has marked names to be opened in the first pass, and later those that opened then', () => {
    const listed = ['() "/" INBOX', '(\\Noselect) "/" A', '(\\NonExistent) "/" B'];
    expect(doubts(listed).open).toEqual(['A marked', 'B marked']);
    expect(doubts(listed, { past: ['INBOX', 'B'] }).open).toEqual(['B marked']);
  });

  it('has parents to be opened that are not listed, but not those of others', () => {
    const listed = ['() "/" INBOX', '() "/" A/b/c', '() "/" shared/bob/x'];
    const namespaces = '(("" "/")) (("shared/" "/")) NIL';
    expect(doubts(listed, { namespaces }).open.toSorted()).toEqual(['A parent', 'A/b parent']);
  });

  it('has branches to be listed of which nothing was listed', () => {
    const listed = ['() "/" INBOX', '(\\HasChildren) "/" A'];
    const namespaces = '(("" "/")) (("Others/" "/")) (("Public/" "/"))';
    expect(doubts(listed, { namespaces }).list).toEqual(['A/*', 'Others/*', 'Public/*']);
  });
});

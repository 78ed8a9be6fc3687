import fc from 'fast-check';
import { expect, it } from 'vitest';
import { gatherFolders } from '../../../src/engine/listing/gather.js';
import { type ListRow, readListRow, type UnreadableRow } from '../../../src/engine/listing/list-row.js';
import { response } from '../imap/grammar/responses.js';

const rowsOf = (...lines: readonly string[]): (ListRow | UnreadableRow)[] =>
  lines.flatMap((line) => readListRow(response(`* LIST ${line}`)) ?? []);
const gather = (...lines: readonly string[]) => gatherFolders(rowsOf(...lines), new Set(), false);
const wires = (...lines: readonly string[]) => gather(...lines).folders.map(({ wire }) => wire);

it('makes three folders of three names with blanks', () => {
  expect(wires('() "/" Post', '() "/" Post Alt', '() "/" Post Neu')).toEqual(['Post', 'Post Alt', 'Post Neu']);
});

it('keeps two odd rows apart that could mean one name, in whatever order they come', () => {
  expect(wires('() "/" "Post"', '() "/" Post ')).toEqual(['Post', 'Post ']);
  expect(wires('() "/" Post ', '() "/" "Post"')).toEqual(['Post ', 'Post']);
  expect(wires('() "/" "a\\/b"', '() "/" "a/b"')).toEqual(['a\\/b', 'a/b']);
});

it('takes a row that came twice for one folder, and believes the row by which it can be opened', () => {
  const { folders } = gather('(\\Noselect \\HasChildren) "." Bauten', '(\\HasChildren) "." Bauten');
  expect(folders).toMatchObject([{ wire: 'Bauten', attributes: ['\\HasChildren'] }]);
  expect(wires('() "/" Post Alt', '() "/" Post Alt')).toEqual(['Post Alt']);
});

it('reads one spelling of INBOX as INBOX, and two spellings as two folders', () => {
  expect(gather('() "/" Inbox').folders).toMatchObject([{ wire: 'INBOX', otherSpellings: ['Inbox'] }]);
  expect(wires('() "/" Inbox', '() "/" INBOX')).toEqual(['Inbox', 'INBOX']);
  expect(wires('() "/" INBOX', '() "/" "INBOX"')).toEqual(['INBOX']);
});

it('handles folders named like properties of objects', () => {
  expect(wires('() "/" "__proto__"', '() "/" "constructor"', '() "/" ".."')).toEqual([
    '__proto__',
    'constructor',
    '..',
  ]);
});

it('says once of each kind what is odd about rows', () => {
  const { notes } = gather('() "/" Post Alt', '() "/" Post Neu', '(\\Marked "/" "A"', '() "/" B');
  expect(notes).toHaveLength(2);
  expect(notes[0]).toMatch(/Post Alt, and 1 more/);
});

it('accounts for every row: it named a folder, or is empty, or is kept as it came', () => {
  const name = fc.string({ maxLength: 5, unit: fc.constantFrom(...'aAb "\\()/'.split('')) });
  const line = fc.oneof(
    name.map((text) => `() "/" ${text}`),
    name.map((text) => `() "/" "${text}"`),
    name.map((text) => `() "/" {${text.length}}\r\n${text}`),
    fc.constantFrom('() "/" INBOX', '() "/" inbox', '() "/" "Inbox"', '(', '() "/'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(line, { maxLength: 12 }), (lines) => {
      const rows = rowsOf(...lines);
      const { folders, empty, unreadable } = gatherFolders(rows, new Set(), false);
      expect(new Set(folders.map(({ wire }) => wire)).size).toBe(folders.length);
      expect(unreadable.length).toBe(rows.filter(({ kind }) => kind === 'unreadable').length);
      // A legal row that the grammar reads in one way only is there under its name.
      for (const row of rows) {
        if (row.kind === 'unreadable') continue;
        const known = folders.some(({ wire, otherSpellings }) =>
          row.spellings.some((spelled) => [wire, ...otherSpellings].includes(spelled)),
        );
        expect(known || (empty > 0 && row.spellings.includes(''))).toBe(true);
      }
      const distinct = rows.filter((row) => row.kind !== 'unreadable');
      const certain = new Set(
        distinct.flatMap((row) => (row.spellings.length === 1 && row.oddity === null ? row.spellings : [])),
      );
      expect(folders.length).toBeGreaterThanOrEqual([...certain].filter((wire) => wire !== '').length);
    }),
    { numRuns: 500 },
  );
});

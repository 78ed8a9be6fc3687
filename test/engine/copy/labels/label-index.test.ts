import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CarrierEnd, type FolderFates, LabelIndex } from '../../../../src/engine/copy/labels/label-index.js';
import { labelPlaces } from '../../../../src/engine/copy/labels/label-order.js';
import { LabelRows } from '../../../../src/engine/copy/labels/label-rows.js';
import { MessageNumbers } from '../../../../src/engine/copy/labels/message-numbers.js';
import type { ListedFolder } from '../../../../src/engine/imap/grammar/layout.js';
import { UidSet } from '../../../../src/store/uid/uid-set.js';

const INBOX = 0;
const WORK = 1;
const ALL = 2;
/** Above 2^53: as doubles they would be one. */
const ID = 1_278_455_344_230_334_865n;

const fates = (more: Partial<FolderFates> = {}): FolderFates => ({
  ...{ stored: new UidSet(), carried: new Map(), bound: new UidSet(), closed: new UidSet() },
  ...more,
});
const uids = (...some: readonly number[]) => UidSet.from(some);

/** Three folders; each row is folder, UID, id above `ID`, and its size, 100 unless said. */
function anIndex(
  policy: 'first-folder' | 'all-folders',
  ...rows: readonly (readonly [number, number, number, number?])[]
) {
  const index = new LabelIndex([0, 1, 2], policy, ALL);
  for (const [folder, uid, id, size = 100] of rows) index.add(folder, uid, ID + BigInt(id), size);
  return index;
}

/** Message 1 is in INBOX, Work and All Mail, message 2 in All Mail alone. */
const USUAL = [
  [INBOX, 11, 1],
  [WORK, 21, 1],
  [ALL, 31, 1],
  [ALL, 32, 2],
] as const;
const NO_FATES = [fates(), fates(), fates()] as const;

describe('a message of several folders', () => {
  it('travels in the first of them, and one that no label shows in All Mail', () => {
    const index = anIndex('first-folder', ...USUAL);
    index.decide(NO_FATES);
    expect([index.messages, index.rows]).toEqual([2, 4]);
    expect([INBOX, WORK, ALL].map((folder) => index.elsewhere(folder))).toEqual([uids(), uids(21), uids(31)]);
    expect(index.carrierOf(ALL, 32)).toEqual({ folder: ALL, uid: 32 });
    expect(index.carrierOf(ALL, 99)).toBeNull();
  });

  it('travels in each of them but All Mail, where each label gets its copy', () => {
    const index = anIndex('all-folders', ...USUAL);
    index.decide(NO_FATES);
    expect([INBOX, WORK, ALL].map((folder) => index.elsewhere(folder))).toEqual([uids(), uids(), uids(31)]);
    expect(index.foldersBefore(WORK)).toEqual([]);
    expect(index.foldersBefore(ALL)).toEqual([INBOX, WORK]);
  });

  it.each([
    ['stands at the destination', { stored: uids(21) }, { folder: WORK, uid: 21 }],
    ['was brought by a folder that it has left', { carried: new Map([[ALL, uids(21)]]) }, { folder: ALL, uid: 0 }],
    ['may be under way', { bound: uids(21) }, { folder: WORK, uid: 21 }],
  ])('stays with a label that comes later, where by that it %s', (_, ofWork, carrier) => {
    const index = anIndex('first-folder', ...USUAL);
    index.decide([fates(), fates(ofWork), fates()]);
    expect(index.carrierOf(INBOX, 11)).toEqual(carrier);
  });

  it('is stored before it is under way, and under way before it is left to the policy', () => {
    const index = anIndex('first-folder', ...USUAL);
    index.decide([fates(), fates({ bound: uids(21) }), fates({ stored: uids(31) })]);
    expect(index.carrierOf(INBOX, 11)).toEqual({ folder: ALL, uid: 31 });
  });

  it('does not travel where it is left out', () => {
    const index = anIndex('first-folder', ...USUAL);
    index.decide([fates({ closed: uids(11) }), fates(), fates()]);
    expect(index.carrierOf(INBOX, 11)).toEqual({ folder: WORK, uid: 21 });
    expect(index.elsewhere(INBOX)).toEqual(uids(11));
  });
});

describe('an id that is not trusted', () => {
  it.each([
    ['a folder has it twice', [INBOX, 12, 1]],
    ['it has two sizes', [WORK, 22, 1, 101]],
  ] as const)('because %s: each of its messages travels by itself', (_, row) => {
    const index = anIndex('first-folder', ...USUAL, row);
    index.decide(NO_FATES);
    for (const folder of [INBOX, WORK, ALL]) expect(index.elsewhere(folder)).toEqual(uids());
  });
});

describe('a message that comes after the decision', () => {
  it('travels where it is seen first, and nowhere else', () => {
    const index = anIndex('first-folder', ...USUAL);
    index.decide(NO_FATES);
    expect([index.newestIn(INBOX), index.newestIn(WORK)]).toEqual([11, 21]);
    index.join(WORK, 22, ID + 3n, 100);
    index.join(ALL, 33, ID + 3n, 100);
    expect([index.isElsewhere(WORK, 22), index.isElsewhere(ALL, 33)]).toEqual([false, true]);
    index.join(WORK, 23, ID + 3n, 100);
    expect(index.isElsewhere(ALL, 33)).toBe(false);
  });
});

describe('a message whose folder does not bring it', () => {
  const released = (end: CarrierEnd, ofInbox: Partial<FolderFates> = {}) => {
    const index = anIndex('first-folder', ...USUAL);
    index.decide(NO_FATES);
    const folders = index.release(
      () => [fates(ofInbox), fates(), fates()],
      ({ uid }) => (uid === 11 ? end : 'brings it'),
    );
    return [[...folders], index.carrierOf(ALL, 31)];
  };

  it('is given to another of its folders', () => {
    expect(released('does not bring it', { closed: uids(11) })).toEqual([[WORK], { folder: WORK, uid: 21 }]);
  });

  it('stays with one that had been listed before it came, which is looked into again', () => {
    expect(released('came late')).toEqual([[INBOX], { folder: INBOX, uid: 11 }]);
  });

  it('is left alone where it is brought', () => {
    expect(released('brings it')).toEqual([[], { folder: INBOX, uid: 11 }]);
  });
});

it('loses no message: each row travels, or another row of the message does', () => {
  const row = fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 40 }), fc.nat(12), fc.constantFrom(100, 100, 100, 101));
  const set = fc.uniqueArray(fc.integer({ min: 1, max: 40 })).map((some) => UidSet.from(some));
  const fate = fc.record({ stored: set, bound: set, closed: set }).map((one) => fates(one));
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.tuple(fate, fate, fate), (rows, given) => {
      const index = anIndex('first-folder', ...rows);
      index.decide(given);
      for (const [folder, uid] of rows) {
        if (!index.isElsewhere(folder, uid)) continue;
        const carrier = index.carrierOf(folder, uid)!;
        expect(index.has(carrier.folder, carrier.uid)).toBe(true);
        expect(index.isElsewhere(carrier.folder, carrier.uid)).toBe(false);
      }
    }),
  );
});

it('has the rows of a folder in order, whatever order they come in', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat()), { maxLength: 200 }), (given) => {
      const rows = new LabelRows();
      const model = new Map<number, number>();
      for (const [uid, number] of given) {
        rows.add(uid, number);
        if (!model.has(uid)) model.set(uid, number);
      }
      rows.trim();
      const sorted = [...model].sort(([a], [b]) => a - b);
      expect(sorted.map((_, at) => [rows.uidAt(at), rows.numberAt(at)])).toEqual(sorted);
      for (let uid = 1; uid <= 301; uid++) expect(rows.find(uid) >= 0).toBe(model.has(uid));
    }),
  );
});

it('numbers ids of 64 bits, neighbours and far ones, each once', () => {
  const numbers = new MessageNumbers();
  const ids = Array.from({ length: 5_000 }, (_, at) => (at % 2 === 0 ? ID + BigInt(at) : (BigInt(at) << 40n) + 1n));
  expect(ids.map((id) => numbers.numberOf(id))).toEqual(ids.map((_, at) => at));
  expect(ids.map((id) => numbers.numberOf(id))).toEqual(ids.map((_, at) => at));
  expect(numbers.numberOf(2n ** 64n - 1n)).toBe(5_000);
  expect(numbers.size).toBe(5_001);
});

describe('the order of the folders', () => {
  const folder = (name: string, ...attributes: readonly string[]): ListedFolder => ({
    ...{ wire: name, name, delimiter: '/', subscribed: true },
    attributes,
  });
  const FOLDERS = [
    folder('[Gmail]/All Mail', '\\All'),
    folder('[Gmail]/Sent Mail', '\\Sent'),
    folder('Work'),
    folder('[Gmail]/Spam', '\\Junk'),
    folder('INBOX'),
    folder('AAA'),
    folder('[Gmail]/Drafts', '\\Drafts'),
    folder('[Gmail]/Trash', '\\Trash'),
  ];
  const ordered = (policy: 'first-folder' | 'keywords') => {
    const places = labelPlaces(FOLDERS, policy);
    return FOLDERS.map(({ name }, at) => [places[at]!, name] as const)
      .sort(([a], [b]) => a - b)
      .map(([, name]) => name.replace('[Gmail]/', ''));
  };

  it('has INBOX first and All Mail last, and labels as the server lists them', () => {
    const labels = ['INBOX', 'Drafts', 'Work', 'AAA', 'Sent Mail', 'Spam', 'Trash'];
    expect(ordered('first-folder')).toEqual([...labels, 'All Mail']);
    expect(ordered('keywords')).toEqual(['All Mail', ...labels]);
  });
});

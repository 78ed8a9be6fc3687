import { expect, it } from 'vitest';
import { nodeContext } from '../../../src/store/documents/context.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import type { Treated } from '../../../src/store/ledger/treated.js';
import { UidLedger } from '../../../src/store/ledger/uid-ledger.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';

const VALID = { sourceUidValidity: '11', destinationUidValidity: '22', floor: 1 };

const open = (disk: MemoryDisk) =>
  UidLedger.open('/m/folders', 'abc', { source: 'INBOX', destination: 'INBOX' }, { ...nodeContext, disk });
const how = (withoutFlags: string, repaired: string, withoutDeleted = ''): Treated => ({
  'without-flags': UidSet.parse(withoutFlags),
  'without-deleted': UidSet.parse(withoutDeleted),
  repaired: UidSet.parse(repaired),
});
const told = ({ treated }: UidLedger) => [String(treated['without-flags']), String(treated.repaired)];

it('remembers over a restart how messages were sent', async () => {
  const disk = new MemoryDisk();
  const ledger = await open(disk);
  ledger.begin(VALID);
  ledger.treat(UidSet.parse('1:9'), how('2:3', '5,77'));
  await ledger.checkpoint();
  expect(told(await open(disk))).toEqual(['2:3', '5']);
});

it('remembers what was sent without its mark as deleted, so that the mark is not given back', async () => {
  const disk = new MemoryDisk();
  const ledger = await open(disk);
  ledger.begin(VALID);
  ledger.treat(UidSet.parse('1:9'), how('', '', '4,88'));
  await ledger.checkpoint();
  expect(String((await open(disk)).treated['without-deleted'])).toBe('4');
});

it('goes by what was said last of its flags, and forgets of none that it may have been sent repaired', async () => {
  const ledger = await open(new MemoryDisk());
  ledger.begin(VALID);
  ledger.treat(UidSet.parse('1:9'), how('2:3', '5:6'));
  ledger.treat(UidSet.parse('3:5'), how('5', '3'));
  expect(told(ledger)).toEqual(['2,5', '3,5:6']);
});

it('has nothing to write where nothing is treated, and nothing new where it is as before', async () => {
  const disk = new MemoryDisk();
  const ledger = await open(disk);
  ledger.begin(VALID);
  await ledger.checkpoint();
  ledger.treat(UidSet.parse('1:9'), how('', ''));
  expect(ledger.dirty).toBe(false);
  expect([...disk.files.values()].join('')).not.toContain('treated');
  ledger.treat(UidSet.parse('1:9'), how('2', ''));
  expect(ledger.dirty).toBe(true);
  await ledger.checkpoint();
  ledger.treat(UidSet.parse('1:9'), how('2', ''));
  expect(ledger.dirty).toBe(false);
});

it.each([
  ['the destination was made anew', { destination: '23', source: '11' }, ['2', '5']],
  ['the UIDs of the source mean other messages', { destination: '22', source: '12' }, ['', '']],
])('where %s it says %j', async (_, uidValidity, left) => {
  const ledger = await open(new MemoryDisk());
  ledger.begin(VALID);
  ledger.treat(UidSet.parse('1:9'), how('2', '5'));
  ledger.voidPairs(uidValidity);
  expect(told(ledger)).toEqual(left);
});

import { expect, it } from 'vitest';
import { nodeContext } from '../../../src/store/documents/context.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { UidLedger } from '../../../src/store/ledger/uid-ledger.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';

const VALID = { sourceUidValidity: '11', destinationUidValidity: '22', floor: 1 };

const open = (disk: MemoryDisk) =>
  UidLedger.open('/m/folders', 'abc', { source: 'INBOX', destination: 'INBOX' }, { ...nodeContext, disk });
const told = ({ unproven, lost }: UidLedger) => [String(unproven), String(lost)];

async function withStored(disk: MemoryDisk): Promise<UidLedger> {
  const ledger = await open(disk);
  ledger.begin(VALID);
  ledger.settle([1, 2, 3], [7, 8, 9]);
  ledger.arrived([1, 2, 3]);
  return ledger;
}

it('remembers over a restart what nobody has seen since it was stored, and what was lost before', async () => {
  const disk = new MemoryDisk();
  const ledger = await withStored(disk);
  ledger.loses(UidSet.parse('2'));
  ledger.unsettle(UidSet.parse('2'));
  await ledger.checkpoint();
  expect(told(await open(disk))).toEqual(['1:3', '2']);

  ledger.proven(UidSet.parse('1:3'));
  await ledger.checkpoint();
  expect(told(await open(disk))).toEqual(['', '2']);
});

it('forgets both where the destination was made anew', async () => {
  const ledger = await withStored(new MemoryDisk());
  ledger.loses(UidSet.parse('2'));
  ledger.begin({ ...VALID, destinationUidValidity: '23' });
  expect(told(ledger)).toEqual(['', '']);
});

it('has nothing in its document where all is proven and nothing was lost', async () => {
  const disk = new MemoryDisk();
  const ledger = await withStored(disk);
  ledger.proven(UidSet.parse('1:3'));
  await ledger.checkpoint();
  expect(disk.files.get('/m/folders/abc.json')).not.toMatch(/keeping/);
});

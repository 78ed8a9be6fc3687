import { nodeContext, type StoreContext } from '../../../src/store/documents/context.js';
import type { Disk } from '../../../src/store/documents/disk.js';
import { UidLedger } from '../../../src/store/ledger/uid-ledger.js';

const PAIR = { source: 'INBOX', destination: 'INBOX' };

export const FIRST = { sourceUidValidity: '11', destinationUidValidity: '22', floor: 1000 };

export function on(disk: Disk, more: Partial<StoreContext> = {}): Promise<UidLedger> {
  return UidLedger.open('/m/folders', 'abc', PAIR, { ...nodeContext, disk, ...more });
}

export function numbers(from: number, to: number, by = 1): number[] {
  return Array.from({ length: Math.floor((to - from) / by) + 1 }, (_, i) => from + i * by);
}

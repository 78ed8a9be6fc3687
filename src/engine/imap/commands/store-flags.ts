import type { Tagged } from '../connection/tagged.js';
import type { Desk } from './desk.js';
import { overSet } from './over-set.js';
import { uidsIn } from './uid-windows.js';

/** Sets flags on messages of ours that were stored without them. Never used at the source. */
export function addFlags(desk: Desk, folder: string, set: string, flags: readonly string[]): Promise<Tagged> {
  if (desk.wire.side !== 'destination') throw new Error('flags are never written at the source');
  return overSet(desk, folder, set, {
    name: 'UID STORE',
    write: (uids) => `UID STORE ${uids} +FLAGS.SILENT (${flags.join(' ')})`,
    take: () => false,
    outstanding: { of: 'flags', uids: () => [...uidsIn(set)] },
  });
}

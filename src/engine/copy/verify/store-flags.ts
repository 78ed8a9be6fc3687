import { UidSet } from '../../../store/uid/uid-set.js';
import { scanMessages } from '../../imap/commands/scan.js';
import { addFlags } from '../../imap/commands/store-flags.js';
import { setsOf } from '../../imap/commands/uid-windows.js';
import type { CopyContext, FolderJob } from '../job.js';

/** Messages of the destination whose flags were set again. UIDs of the destination. */
export interface StoredFlags {
  /** By the flags that they still lack. */
  readonly lacking: ReadonlyMap<string, UidSet>;
  readonly gone: UidSet;
  /** Messages for which setting flags breaks the connection, with the server's last words. */
  readonly notTaken: ReadonlyMap<number, string>;
}

/**
 * Sets flags again, once, that were sent and are not there: Microsoft 365 drops \Flagged on APPEND. If a STORE broke
 * the connection, it is sent in windows, and messages that break it are left out: the message is there, and worth more
 * than its flags.
 *
 * @throws ConnectionLost
 */
export async function storeFlags(
  { connections }: CopyContext,
  { pair }: FolderJob,
  flags: readonly string[],
  uids: UidSet,
): Promise<StoredFlags> {
  const { read } = connections.destination;
  const folder = pair.destination.wire;
  const storing = read.readings.of(folder, 'flags');
  const { refusesAll } = storing;
  const windows = refusesAll !== null ? [] : storing.isTroubled ? storing.windows(uids) : [uids];
  for (const window of windows) {
    for (const set of setsOf(window)) await addFlags(read, folder, set, flags);
    storing.passed(window);
  }
  const lacking = new Map<string, UidSet>();
  const there = new UidSet();
  for (const set of setsOf(uids)) {
    await scanMessages(read, folder, set, 'sizes, dates and flags', (row) => {
      there.add(row.uid);
      const missing = missingFlags(flags, row.flags ?? []).join(' ');
      if (!missing || !uids.has(row.uid)) return;
      const still = lacking.get(missing);
      if (still) still.add(row.uid);
      else lacking.set(missing, UidSet.from([row.uid]));
    });
  }
  const notTaken = new Map<number, string>();
  for (const [words, broke] of storing.told) for (const uid of broke) notTaken.set(uid, words);
  if (refusesAll !== null) for (const uid of uids) notTaken.set(uid, refusesAll);
  return { lacking, gone: uids.minus(there), notTaken };
}

/** System flags in any case are the same (RFC 9051 section 2.3.2); keywords too at most servers. */
export function missingFlags(sent: readonly string[], there: readonly string[]): string[] {
  if (sent.length === 0) return [];
  const have = new Set(there.map((flag) => flag.toLowerCase()));
  return sent.filter((flag) => !have.has(flag.toLowerCase()));
}

import type { Tagged } from '../connection/tagged.js';
import { parseUidList } from '../grammar/uid-list.js';

/** COPYUID: the UID that each message got in the folder that it was copied or moved to. */
export interface CopyUid {
  readonly uidValidity: string;
  /** UIDs of the folder that messages left, with their UIDs in the other folder. */
  readonly pairs: ReadonlyMap<number, number>;
}

/** Reads `UIDVALIDITY SOURCE-SET DESTINATION-SET` (RFC 4315 section 3); null: the text is something else. */
export function readCopyUid(text: string): CopyUid | null {
  const [uidValidity = '', from = '', to = ''] = text.trim().split(' ');
  const [sources, destinations] = [parseUidList(from), parseUidList(to)];
  if (!/^\d+$/.test(uidValidity) || !sources || sources.length !== destinations?.length) return null;
  return { uidValidity, pairs: new Map(sources.map((uid, at) => [uid, destinations[at]!])) };
}

/** The COPYUID of an answer; null: it has none (no UIDPLUS). */
export function copyUidOf({ code, codeArgs }: Tagged): CopyUid | null {
  return code === 'COPYUID' ? readCopyUid(codeArgs) : null;
}

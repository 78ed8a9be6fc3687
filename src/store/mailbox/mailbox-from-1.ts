import { z } from 'zod';
import type { FormerVersion } from '../documents/document-kind.js';

/** The fields of version 1 whose meaning changed; everything else stays as it is. */
const version1 = z.looseObject({
  state: z.looseObject({ kind: z.string() }),
  counts: z.looseObject({ left: z.number() }),
  folders: z.array(z.looseObject({ settledAt: z.looseObject({}).nullable() })),
});

/**
 * Reads a mailbox document of 0.1.0. That release called a mailbox synced that had left messages behind; here it is
 * incomplete. Its folders were looked into when they were settled, so no pass has believed their counters yet.
 */
export const mailboxFrom1: FormerVersion['upgrade'] = (json) => {
  const read = version1.safeParse(json);
  // The schema of the present version says what is wrong with it.
  if (!read.success) return { ...json, version: 2, flight: 'unknown' };
  const { state, counts, folders } = read.data;
  const isShort = state.kind === 'synced' && counts.left > 0;
  return {
    ...json,
    version: 2,
    // That release wrote no flight.
    flight: 'unknown',
    state: isShort ? { ...state, kind: 'incomplete', left: counts.left, because: { key: 'left by 0.1.0' } } : state,
    folders: folders.map((folder) => ({
      ...folder,
      settledAt: folder.settledAt === null ? null : { ...folder.settledAt, believed: 0, leftOut: 0 },
    })),
  };
};

import { z } from 'zod';
import type { Cause } from './cause.js';
import type { ErrorEntry } from './error-entry.js';
import { instant, uid, uidSetText } from './field-schemas.js';
import { applyDifference, differenceTo } from './text-difference.js';
import { UidSet } from './uid-set.js';

/** An entry of the error ledger as mailbox.json holds it. What goes without saying is not written. */

/** UIDs by how often they were tried: [1,"4:9,12"]. */
const triedSchema = z.array(z.tuple([z.int().min(1), uidSetText]));
type TriedText = z.infer<typeof triedSchema>;

const count = z.int().min(0);
const differenceSchema = z.tuple([count, z.string(), count]);

export const errorEntrySchema = z.strictObject({
  /** What causes.json calls its cause. */
  cause: z.string(),
  folder: z.string().nullable(),
  failed: triedSchema.optional(),
  skipped: triedSchema.optional(),
  accepted: z.literal(true).optional(),
  times: z.int().min(1),
  /** Half hours since the epoch, and how often in each. */
  when: z.array(z.tuple([count, z.int().min(1)])),
  firstAt: instant,
  lastAt: instant,
  /** Where it differs from that of the cause. */
  sample: differenceSchema.optional(),
  /** The wait that the server named last, where it named one. */
  waitSeconds: z.number().min(0).optional(),
  /** Where they differ from the sample: [7,[12,"Message 7",11]]. */
  own: z.array(z.tuple([uid, differenceSchema])).optional(),
});
export type ErrorEntryDocument = z.infer<typeof errorEntrySchema>;

/** @param cause  that of the entry, as causes.json has it, and what it is called there */
export function writeEntry(entry: ErrorEntry, [id, cause]: readonly [id: string, cause: Cause]): ErrorEntryDocument {
  const { attempts, uids, skipped, own, verdict } = entry;
  return {
    cause: id,
    folder: entry.folder,
    ...(uids.isEmpty ? null : { failed: triedOf(attempts, uids) }),
    ...(skipped.isEmpty ? null : { skipped: triedOf(attempts, skipped) }),
    ...(entry.accepted ? { accepted: true } : null),
    times: entry.times,
    when: [...entry.when],
    firstAt: entry.firstAt,
    lastAt: entry.lastAt,
    ...(entry.sample === cause.sample ? null : { sample: differenceTo(cause.sample, entry.sample) }),
    ...(verdict.waitSeconds === 0 ? null : { waitSeconds: verdict.waitSeconds }),
    ...(own.size === 0 ? null : { own: Array.from(own, ([uid, text]) => [uid, differenceTo(entry.sample, text)]) }),
  };
}

export function readEntry(stored: ErrorEntryDocument, cause: Cause): ErrorEntry {
  const { folder, times, firstAt, lastAt, waitSeconds, failed = [], skipped = [] } = stored;
  const attempts = new Map<number, UidSet>();
  const sample = stored.sample === undefined ? cause.sample : applyDifference(cause.sample, stored.sample);
  return {
    side: cause.side,
    command: cause.command,
    folder,
    code: cause.verdict.code,
    cause: cause.cause,
    uids: readTried(failed, attempts),
    skipped: readTried(skipped, attempts),
    attempts,
    accepted: stored.accepted ?? false,
    times,
    when: new Map(stored.when),
    firstAt,
    lastAt,
    sample,
    // One object for all entries of a cause, where it can be.
    verdict: waitSeconds === undefined ? cause.verdict : { ...cause.verdict, waitSeconds },
    own: new Map(stored.own?.map(([uid, difference]) => [uid, applyDifference(sample, difference)])),
  };
}

function triedOf(attempts: ReadonlyMap<number, UidSet>, uids: UidSet): TriedText {
  const tried: TriedText = [];
  for (const [count, all] of attempts) {
    const some = all.intersect(uids);
    if (!some.isEmpty) tried.push([count, some.toString()]);
  }
  return tried;
}

/** Enters them in `attempts` too. @returns all of them */
function readTried(tried: TriedText, attempts: Map<number, UidSet>): UidSet {
  let all = new UidSet();
  for (const [count, text] of tried) {
    const uids = UidSet.parse(text);
    const known = attempts.get(count);
    if (known === undefined) attempts.set(count, uids);
    else known.addAll(uids);
    all = all.isEmpty ? UidSet.parse(text) : all.union(uids);
  }
  return all;
}

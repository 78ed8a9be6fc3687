import { readFileSync } from 'node:fs';
import { classify } from '../src/engine/responses/classify.js';
import { BATCH_VERSION, type Batch } from '../src/store/batch/batch.js';
import type { BatchStore } from '../src/store/batch/batch-store.js';
import type { Workspace } from '../src/store/batch/workspace.js';
import type { Failure } from '../src/store/errors/failure.js';
import { causeOf } from '../src/store/errors/response-cause.js';
import { NOTHING_NOTED } from '../src/store/mailbox/pass-schema.js';
import { UidSet } from '../src/store/uid/uid-set.js';
import type { Random } from '../src/words/clock.js';
import { anEndpoint, batchOptions } from '../test/support/batch/plain-batch.js';

/** A night on which a million messages were refused, as the program itself would have written it. */

export const MAILBOXES = 500;
export const CAUSES = 40;
export const FAILED = 1_000_000;

/** UIDs of a mailbox: five and six digits, as after some years. */
const FIRST_UID = 20_000;
const LAST_UID = 180_000;
/** UIDs of a run. */
const RUN = 25;
const FOLDERS = ['INBOX', 'Archive/2024'];
const STARTED_AT = Date.UTC(2026, 0, 10, 22);
const HALF_HOUR = 1_800_000;

type Cause = Pick<Failure, 'side' | 'command' | 'response' | 'verdict'>;

interface Sample {
  readonly line: string;
  readonly command: string | null;
  readonly side: string;
}

/** Responses of real servers that leave something open, no two of one cause. */
export function realCauses(): Cause[] {
  const causes = new Map<string, Cause>();
  for (const row of readFileSync('test/responses/responses.jsonl', 'utf8').trim().split('\n')) {
    const { line, command, ...sample } = JSON.parse(row) as Sample;
    const side = sample.side === 'destination' ? 'destination' : 'source';
    const verdict = classify({ line, command, side });
    if (command === null || verdict.next === 'note' || verdict.next === 'ignore') continue;
    causes.set(causeOf(line), { side, command, response: line, verdict });
    if (causes.size === CAUSES) break;
  }
  return [...causes.values()];
}

/**
 * @param ofEach  causes that each mailbox has: with all of them an entry is 50 UIDs, with four it is 500
 * @param spoken  `alike`: a cause has the same words everywhere; `own`: each mailbox's response names it
 */
export async function makeState(
  workspace: Workspace,
  name: string,
  ofEach: number,
  spoken: 'alike' | 'own',
): Promise<BatchStore> {
  const store = await workspace.create(aBatch(name));
  const causes = realCauses();
  const random = seeded(ofEach);
  for (const [at, { id }] of store.batch.mailboxes.entries()) {
    const record = await store.mailbox(id);
    record.data.passes.push({ startedAt: STARTED_AT, endedAt: null, ...NOTHING_NOTED });
    const sets = partition(random, ofEach, FAILED / MAILBOXES / ofEach);
    for (const [n, uids] of sets.entries()) {
      const cause = causes[(at + n * (CAUSES / ofEach)) % CAUSES]!;
      const response = spoken === 'alike' ? cause.response : `${cause.response} (${id}, ${Math.floor(random() * 1e9)})`;
      const firstAt = STARTED_AT + Math.floor(random() * 16 * HALF_HOUR);
      // It went on for a while.
      for (const [later, some] of [...uids.chunks(Math.ceil(uids.size / 3))].entries()) {
        const at = firstAt + Math.floor(later * 0.8 * HALF_HOUR);
        record.errors.record({ ...cause, response, folder: FOLDERS[n % 2]!, uids: some, at });
      }
    }
    for (const folder of FOLDERS) {
      const ledger = await record.ledger({ source: folder, destination: folder });
      ledger.begin({ sourceUidValidity: '1700000001', destinationUidValidity: '1700000002', floor: 1 });
      ledger.fail(record.errors.failed(folder));
      await ledger.checkpoint();
    }
    await record.write();
  }
  return store;
}

/** Sets that share no UID, each half in runs and half scattered. */
function partition(random: Random, sets: number, size: number): UidSet[] {
  const taken = new UidSet();
  const free = (length: number): number => {
    for (;;) {
      const lo = FIRST_UID + Math.floor(random() * (LAST_UID - FIRST_UID - length));
      // A neighbour would make a run of it.
      if (taken.intersect(UidSet.range(lo - 1, lo + length)).isEmpty) return lo;
    }
  };
  return Array.from({ length: sets }, () => {
    const set = new UidSet();
    while (set.size < size) {
      const length = set.size < size / 2 ? Math.min(RUN, size / 2 - set.size) : 1;
      const lo = free(length);
      set.addRange(lo, lo + length - 1);
      taken.addRange(lo, lo + length - 1);
    }
    return set;
  });
}

function aBatch(name: string): Batch {
  return {
    version: BATCH_VERSION,
    name,
    createdAt: STARTED_AT,
    source: anEndpoint({ host: 'old.example' }),
    destination: anEndpoint({ host: 'new.example' }),
    others: { source: {}, destination: {} },
    options: batchOptions({
      memory: 256 * 2 ** 20,
      stagger: { min: 60, max: 90 },
      concurrency: 20,
      look: 'ahead',
    }),
    planPath: '/plans/school.csv',
    mailboxes: Array.from({ length: MAILBOXES }, (_, n) => ({
      id: `user${n}`,
      email: `user${n}@school.example`,
      sourceUser: `user${n}@school.example`,
      destinationUser: `user${n}@school.example`,
      userRoot: null,
      own: null,
      at: null,
      wave: null,
      row: n + 2,
    })),
  };
}

/** mulberry32: the same numbers in every run. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

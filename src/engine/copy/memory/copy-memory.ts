import type { Treated } from '../../../store/ledger/treated.js';
import { OversizedResponse } from '../../imap/connection/oversized-response.js';
import type { Announced } from '../../imap/grammar/response-reader.js';
import type { TodoChunk } from '../transfer/chunks.js';
import type { MemoryBudget } from './memory-budget.js';

/** Flags, dates, slices and promises of one message while it is under way, in bytes, about. */
const WITH_EACH = 1024;

/** The memory that a chunk takes while it is under way, in bytes. */
export function weightOf({ uids, bytes }: TodoChunk): number {
  return bytes + uids.length * WITH_EACH;
}

/** The same of a chunk that is sent. A repaired message is there twice for a moment. */
export function weightAsSent(chunk: TodoChunk, { repaired }: Pick<Treated, 'repaired'>): number {
  const twice = !repaired.isEmpty && chunk.uids.some((uid) => repaired.has(uid));
  return weightOf(twice ? { ...chunk, bytes: chunk.bytes * 2 } : chunk);
}

/** A row's literals may be twice what was listed and this, whatever --memory says. */
const SLACK = 1024 * 1024;

/** Room in memory for a chunk of messages, corrected by what the server announces. */
export class Lease {
  #held = 0;
  #left = 0;

  /** @param taken bytes of each budget, given back with the lease */
  constructor(
    private readonly taken: Map<MemoryBudget, number>,
    private readonly listed: number,
  ) {}

  /**
   * A literal of one of the messages begins. What was not listed is taken from the budgets at once.
   *
   * @returns a promise where no more is to be read before others have given back their room
   * @throws OversizedResponse where the literal is larger than it can be
   */
  readonly announced = (announced: Announced): Promise<unknown> | null => {
    refuse(announced, this.listed, this.taken.keys());
    const { bytes } = announced;
    const before = Math.max(this.#held, this.listed);
    this.#held += bytes;
    const more = Math.max(0, this.#held - before);
    if (more > 0) {
      for (const [budget, taken] of this.taken) {
        budget.grow(more);
        this.taken.set(budget, taken + more);
      }
    }
    const tight = [...this.taken.keys()].flatMap((budget) => budget.eased() ?? []);
    return tight.length > 0 ? Promise.all(tight) : null;
  };

  /** All of it was read: it is given back without any more reading. */
  sending(): void {
    for (const [budget, taken] of this.taken) budget.leaves(taken);
    this.#left = 1;
  }

  /** Gives the room back, once. */
  release(): void {
    for (const [budget, taken] of this.taken) budget.release(taken, this.#left * taken);
    this.taken.clear();
  }
}

/** For a message that is asked for alone, within room that it has already. @throws OversizedResponse */
export function within(budgets: readonly MemoryBudget[], listed: number): (announced: Announced) => null {
  return (announced) => refuse(announced, listed, budgets);
}

/** A body whose size was not listed may be as large as all that is allowed; what comes beside it may not. */
function refuse({ bytes, sum, text }: Announced, listed: number, budgets: Iterable<MemoryBudget>): null {
  const total = Math.max(0, ...[...budgets].map((budget) => budget.total));
  const most = sum > bytes ? 2 * listed + SLACK : Math.max(2 * listed + SLACK, total);
  if (sum <= most) return null;
  const uid = /[( ]UID (\d{1,10})\b/i.exec(text)?.[1];
  const whose = uid === undefined ? 'a message' : `UID ${uid}`;
  throw new OversizedResponse(
    `${whose} was announced with ${sum} bytes, where about ${listed} were listed: not read (a message of unlisted size may have ${total}, see --memory)`,
  );
}

/**
 * Reserves in the mailbox's own budget first and in the common one then, always in that order, so
 * that two never wait for each other.
 */
export async function reserveAll(budgets: readonly MemoryBudget[], bytes: number, signal: AbortSignal): Promise<Lease> {
  const taken = new Map<MemoryBudget, number>();
  try {
    for (const budget of budgets) taken.set(budget, await budget.reserve(bytes, signal));
  } catch (error) {
    new Lease(taken, bytes).release();
    throw error;
  }
  return new Lease(taken, bytes);
}

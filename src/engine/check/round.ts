import type { PlanRow } from '../../store/batch/batch.js';
import { seenBy } from '../../store/batch/endpoints.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import type { AdviceKey } from '../../words/advice/advice.js';
import type { Side } from '../../words/side.js';
import { giveBackSpent } from '../imap/connection/spent-buffers.js';
import { SharedLogins } from '../login/shared-logins.js';
import { readFailure } from '../mailbox/read-failure.js';
import type { Census } from './census.js';
import type { Checking } from './checking.js';
import { type Finding, finding } from './finding.js';
import { judgeCensus } from './judge-census.js';
import { judgeFailure, type LoginServes } from './judge-failure.js';
import { takeCensus } from './take-census.js';

/** Mailboxes that are looked at side by side, one connection each and side. */
const AT_ONCE = 8;
/**
 * Mailboxes side by side at each try. A refusal that may pass by itself is tried once more, and one by a limit of
 * connections twice, with so few at once that hardly any limit is met.
 */
const TRIES_AT_LIMIT = [AT_ONCE, 2, 1] as const;
const TRIES = 2;
/** Milliseconds of a try after which there is no other: it would hold up the end of the check as long again. */
const LONG = 60_000;
/** Refusals by which a server says that it has too much to do with us. */
const BY_LIMIT: ReadonlySet<string | null> = new Set<AdviceKey>([
  'connections per server',
  'connections per user',
  'throttled',
]);

interface Passing {
  readonly row: PlanRow;
  readonly refused: Finding;
}

/** One way through all mailboxes. */
export class Round {
  readonly censuses: Census[] = [];
  readonly findings: Finding[] = [];
  notTried = 0;
  readonly #logins: SharedLogins;
  /** Refusals that may pass by themselves: these mailboxes are looked at again behind all others. */
  #passing: Passing[] = [];
  /** Counted from 1. */
  #turn = 1;
  readonly #heldBack = new Map<Side, Finding>();

  /** @param isAway  nobody can log in where the mailbox is */
  constructor(
    private readonly checking: Checking,
    private readonly isAway: (row: PlanRow) => boolean,
  ) {
    this.#logins = new SharedLogins(checking.credentials);
  }

  async all(): Promise<void> {
    const { mailboxes } = this.checking.batch;
    for (const row of mailboxes) if (this.isAway(row)) this.#leaveOut(row);
    const rows = mailboxes.filter((row) => !this.isAway(row));
    await this.#logins.each(this.#logins.sharedFirst(rows), AT_ONCE, (row) => this.#look(row));
    while (this.#passing.length > 0) {
      const again = this.#passing;
      const byLimit = again.some(({ refused }) => BY_LIMIT.has(refused.advice));
      this.#passing = [];
      const atOnce = byLimit ? (TRIES_AT_LIMIT[this.#turn] ?? 1) : AT_ONCE;
      this.#turn++;
      await inParallel(again, atOnce, async (one) => {
        await this.#look(one.row);
        this.#noteHeldBack(one);
      });
    }
    this.findings.push(...this.#heldBack.values());
  }

  /** A mailbox that a limit kept out, and that was let in later. */
  #noteHeldBack({ row, refused: { side, told, advice } }: Passing): void {
    if (side === null || !BY_LIMIT.has(advice) || !this.censuses.some(({ mailbox }) => mailbox === row.email)) return;
    if (!this.#heldBack.has(side)) this.#heldBack.set(side, finding('server-holds-back', side, { told }));
  }

  async #look(row: PlanRow): Promise<void> {
    const { batch, clock, signal, watch } = this.checking;
    if (signal.aborted) return;
    const shared = this.#logins.of(row);
    if (this.#logins.refusedFor(row)) return this.#leaveOut(row);
    watch.begun(row);
    const began = clock.monotonic();
    const seen = await this.#seen(row);
    giveBackSpent();
    if (signal.aborted) return;
    if ('kind' in seen) {
      if (seen.kind === 'shared-login-refused' && seen.side !== null) this.#logins.refuse(seen.side, row);
      // A source without a credential for one mailbox that it serves has none for the next.
      if (seen.kind === 'credential-missing' && seen.side !== null && shared.includes(seen.side))
        this.#logins.refuse(seen.side, row);
      const isQuick = clock.monotonic() - began < LONG;
      if (seen.kind === 'not-looked-at' && isQuick && this.#turn < this.#mostTries(seen)) {
        this.#passing.push({ row, refused: seen });
        return;
      }
      this.findings.push(seen);
      return watch.mailbox(row, null, [seen]);
    }
    this.#logins.letIn(row);
    const judged = judgeCensus(seen, batch);
    this.censuses.push(seen);
    this.findings.push(...judged);
    return watch.mailbox(row, seen, judged);
  }

  #mostTries({ advice }: Finding): number {
    return BY_LIMIT.has(advice) ? TRIES_AT_LIMIT.length : TRIES;
  }

  #leaveOut(row: PlanRow): void {
    this.notTried++;
    this.checking.watch.notTried(row);
  }

  async #seen(row: PlanRow): Promise<Census | Finding> {
    const { batch, trust } = this.checking;
    try {
      return await takeCensus({ ...this.checking, batch: seenBy(batch, row), trust: trust(row), row });
    } catch (error) {
      const failure = readFailure(error);
      if (!failure) throw error;
      return judgeFailure(row.email, failure, this.#serves(failure.side, row));
    }
  }

  #serves(side: Side, row: PlanRow): LoginServes {
    if (!this.#logins.of(row).includes(side)) return 'one mailbox';
    return this.#logins.isProven(side, row) ? 'many mailboxes, proven' : 'many mailboxes';
  }
}

import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { SIDES, type Side } from '../../words/side.js';
import type { BothSidesOf } from '../dry-run/both-sides.js';
import type { Credentials } from '../login/credentials.js';
import type { Probed } from '../login/probe.js';
import { readFailure } from '../mailbox/pass-failure.js';
import { type Census, sumOfCensus } from './census.js';
import { type Finding, finding } from './finding.js';
import { judgeCensus } from './judge-census.js';
import { judgeEndpoint } from './judge-endpoint.js';
import { judgeFailure, type LoginServes } from './judge-failure.js';
import { judgeRows, judgeTogether } from './judge-plan.js';
import { takeCensus } from './take-census.js';

/** Mailboxes that are looked at side by side, one connection each and side. */
const AT_ONCE = 8;

/** All that a check needs. */
export interface Checking extends Omit<BothSidesOf, 'batch' | 'row'> {
  readonly batch: Batch;
  readonly probe: (side: Side) => Promise<Probed>;
  /** Told of each mailbox that is done with. */
  readonly onMailbox: (row: PlanRow) => Promise<void>;
}

/** The outcome of a check. */
export interface Checked {
  readonly findings: readonly Finding[];
  /** Of the mailboxes that were looked at. */
  readonly censuses: readonly Census[];
  /** Mailboxes that nobody logged in to, because a server or a shared login is of no use. */
  readonly notTried: number;
}

/**
 * Looks at all mailboxes of a plan on both sides, several at once, and judges what it sees. Changes nothing at
 * either server. Ends early, with what was seen so far, where the signal is given.
 */
export async function checkPlan(checking: Checking): Promise<Checked> {
  const { batch, clock } = checking;
  const probes = await Promise.all(SIDES.map(async (side) => [side, await checking.probe(side)] as const));
  const ofServers = probes.flatMap(([side, probed]) => judgeEndpoint(side, batch[side], probed, clock.now()));
  const ofRows = judgeRows(batch);
  if (probes.some(([, { kind }]) => kind !== 'answers'))
    return { findings: [...ofServers, ...ofRows], censuses: [], notTried: batch.mailboxes.length };
  const round = new Round(checking);
  await round.all();
  const { notTried } = round;
  const [censuses, findings] = [inPlanOrder(batch, round.censuses), inPlanOrder(batch, round.findings)];
  const coming = censuses.reduce((sum, census) => sum + sumOfCensus(census).messages, 0);
  const unread = coming > 0 ? [finding('lines-unread', 'source', { messages: coming })] : [];
  const all = [...ofServers, ...ofRows, ...findings, ...judgeTogether(censuses), ...unread];
  return { findings: withoutRepeats(all), censuses, notTried };
}

/** One way through all mailboxes. */
class Round {
  readonly censuses: Census[] = [];
  readonly findings: Finding[] = [];
  notTried = 0;
  /** Sides whose shared login let somebody in. */
  readonly #proven = new Set<Side>();
  readonly #refused = new Set<Side>();
  /** Refusals that may pass by themselves: these mailboxes are looked at again behind all others. */
  readonly #passing: PlanRow[] = [];
  #turn: 'first' | 'second' = 'first';

  constructor(private readonly checking: Checking) {}

  async all(): Promise<void> {
    const { mailboxes } = this.checking.batch;
    const isShared = (row: PlanRow) => SIDES.some((side) => this.checking.credentials.shared(side, row));
    const rows = [...mailboxes.filter(isShared), ...mailboxes.filter((row) => !isShared(row))];
    // A login that serves many is tried alone until it let somebody in, before it is tried eight times at once.
    let alone = 0;
    for (const row of rows) {
      if (!this.#isUnproven(row)) break;
      await this.#look(row);
      alone++;
    }
    await inParallel(rows.slice(alone), AT_ONCE, (row) => this.#look(row));
    this.#turn = 'second';
    await inParallel(this.#passing, AT_ONCE, (row) => this.#look(row));
  }

  #isUnproven(row: PlanRow): boolean {
    const { credentials } = this.checking;
    return SIDES.some((side) => credentials.shared(side, row) && !this.#proven.has(side) && !this.#refused.has(side));
  }

  async #look(row: PlanRow): Promise<void> {
    const { batch, credentials, signal, onMailbox } = this.checking;
    if (signal.aborted) return;
    const shared = SIDES.filter((side) => credentials.shared(side, row));
    if (shared.some((side) => this.#refused.has(side))) {
      this.notTried++;
      return;
    }
    const seen = await this.#seen(row);
    if (signal.aborted) return;
    if ('kind' in seen) {
      // One refusal of an admin is enough: tried for each mailbox, it would lock the admin out.
      if (seen.kind === 'shared-login-refused' && seen.side !== null) this.#refused.add(seen.side);
      // And what has no credential for one that it serves has none for the next.
      if (seen.kind === 'credential-missing' && seen.side !== null && shared.includes(seen.side))
        this.#refused.add(seen.side);
      if (seen.kind === 'not-looked-at' && this.#turn === 'first') {
        this.#passing.push(row);
        return;
      }
      this.findings.push(seen);
    } else {
      for (const side of shared) this.#proven.add(side);
      this.censuses.push(seen);
      this.findings.push(...judgeCensus(seen, batch));
    }
    await onMailbox(row);
  }

  async #seen(row: PlanRow): Promise<Census | Finding> {
    try {
      return await takeCensus({ ...this.checking, row });
    } catch (error) {
      const failure = readFailure(error);
      if (!failure) throw error;
      return judgeFailure(row.email, failure, this.#serves(failure.side, row, this.checking.credentials));
    }
  }

  #serves(side: Side, row: PlanRow, credentials: Credentials): LoginServes {
    if (!credentials.shared(side, row)) return 'one mailbox';
    return this.#proven.has(side) ? 'many mailboxes, proven' : 'many mailboxes';
  }
}

/** They came in the order in which servers answered. */
function inPlanOrder<T extends { readonly mailbox: string | null }>(
  { mailboxes }: Pick<Batch, 'mailboxes'>,
  items: readonly T[],
): readonly T[] {
  const places = new Map(mailboxes.map(({ email }, place) => [email, place]));
  const placeOf = ({ mailbox }: T) => places.get(mailbox ?? '') ?? -1;
  return [...items].sort((a, b) => placeOf(a) - placeOf(b));
}

/** Rows that reach one mailbox are told once, whether their logins say so or their folders. */
function withoutRepeats(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [JSON.stringify(one), one])).values()];
}

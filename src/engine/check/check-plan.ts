import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { type EndpointKey, endpointAt, endpointKeys, PerEndpoint, seenBy } from '../../store/batch/endpoints.js';
import { inParallel } from '../../store/documents/in-parallel.js';
import { SIDES, type Side } from '../../words/side.js';
import type { BothSidesOf } from '../dry-run/both-sides.js';
import type { Probed } from '../login/probe.js';
import { SharedLogins } from '../login/shared-logins.js';
import { readFailure } from '../mailbox/pass-failure.js';
import { type Census, sumOfCensus } from './census.js';
import { type Finding, finding } from './finding.js';
import { judgeCensus } from './judge-census.js';
import { judgeEndpoint } from './judge-endpoint.js';
import { judgeFailure, type LoginServes } from './judge-failure.js';
import { judgeKnown } from './judge-known.js';
import { judgeRows, judgeTogether } from './judge-plan.js';
import { takeCensus } from './take-census.js';

/** Mailboxes that are looked at side by side, one connection each and side. */
const AT_ONCE = 8;

/** All that a check needs. */
export interface Checking extends Omit<BothSidesOf, 'batch' | 'row' | 'trust'> {
  readonly batch: Batch;
  readonly trust: (row: PlanRow) => BothSidesOf['trust'];
  readonly probe: (side: Side, key: EndpointKey) => Promise<Probed>;
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
  const probes = await Promise.all(
    SIDES.flatMap((side) =>
      endpointKeys(batch, side).map(async (key) => ({ side, key, probed: await checking.probe(side, key) })),
    ),
  );
  const ofServers = probes.flatMap(({ side, key, probed }) =>
    judgeEndpoint(side, endpointAt(batch, side, key), probed, clock.now()).map((one) => named(one, batch, side, key)),
  );
  const ofRows = judgeRows(batch);
  const away = new PerEndpoint(() => ({ isAway: false }));
  for (const { side, key, probed } of probes) away.at(side, key).isAway = probed.kind !== 'answers';
  const round = new Round(checking, (row) => SIDES.some((side) => away.of(side, row).isAway));
  await round.all();
  const { notTried } = round;
  const [censuses, findings] = [inPlanOrder(batch, round.censuses), inPlanOrder(batch, round.findings)];
  const coming = censuses.reduce((sum, census) => sum + sumOfCensus(census).messages, 0);
  const unread = coming > 0 ? [finding('lines-unread', 'source', { messages: coming })] : [];
  const all = [
    ...ofServers,
    ...ofRows,
    ...findings,
    ...judgeTogether(censuses),
    ...judgeKnown(censuses, batch),
    ...unread,
  ];
  return { findings: withoutRepeats(all), censuses, notTried };
}

/** One way through all mailboxes. */
class Round {
  readonly censuses: Census[] = [];
  readonly findings: Finding[] = [];
  notTried = 0;
  readonly #logins: SharedLogins;
  /** Refusals that may pass by themselves: these mailboxes are looked at again behind all others. */
  readonly #passing: PlanRow[] = [];
  #turn: 'first' | 'second' = 'first';

  /** @param isAway  nobody can log in where the mailbox is */
  constructor(
    private readonly checking: Checking,
    private readonly isAway: (row: PlanRow) => boolean,
  ) {
    this.#logins = new SharedLogins(checking.credentials);
  }

  async all(): Promise<void> {
    const { mailboxes } = this.checking.batch;
    const rows = mailboxes.filter((row) => !this.isAway(row));
    this.notTried += mailboxes.length - rows.length;
    await this.#logins.each(this.#logins.sharedFirst(rows), AT_ONCE, (row) => this.#look(row));
    this.#turn = 'second';
    await inParallel(this.#passing, AT_ONCE, (row) => this.#look(row));
  }

  async #look(row: PlanRow): Promise<void> {
    const { batch, signal, onMailbox } = this.checking;
    if (signal.aborted) return;
    const shared = this.#logins.of(row);
    if (this.#logins.refusedFor(row)) {
      this.notTried++;
      return;
    }
    const seen = await this.#seen(row);
    if (signal.aborted) return;
    if ('kind' in seen) {
      if (seen.kind === 'shared-login-refused' && seen.side !== null) this.#logins.refuse(seen.side, row);
      // A source without a credential for one mailbox that it serves has none for the next.
      if (seen.kind === 'credential-missing' && seen.side !== null && shared.includes(seen.side))
        this.#logins.refuse(seen.side, row);
      if (seen.kind === 'not-looked-at' && this.#turn === 'first') {
        this.#passing.push(row);
        return;
      }
      this.findings.push(seen);
    } else {
      this.#logins.letIn(row);
      this.censuses.push(seen);
      this.findings.push(...judgeCensus(seen, batch));
    }
    await onMailbox(row);
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

/** A finding about a server, with its name where the batch has several. */
function named(one: Finding, batch: Batch, side: Side, key: EndpointKey): Finding {
  if (endpointKeys(batch, side).length === 1) return one;
  const { host } = endpointAt(batch, side, key);
  return { ...one, told: one.told === null ? host : `${host}: ${one.told}` };
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

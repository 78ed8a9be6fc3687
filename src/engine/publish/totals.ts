import {
  type BatchEntity,
  type Counts,
  type Expected,
  isInStep,
  isMoving,
  type MailboxEntity,
  type MailboxState,
  NO_COUNTS,
  NO_STATES,
  needsOperator,
  type Rate,
  waitsForWave,
} from '../../protocol/entities.js';
import { SIDES, type Side } from '../../words/side.js';
import type { KnownExpectations } from '../eta/expected.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Sums over the mailboxes of a batch, kept as they change: with 50,000 of them, adding all up four times
 * a second would take the thread that copies.
 *
 * Mailboxes that wait for another wave are counted by their state alone: half of a wave is 50%, whatever comes after it.
 */
export class Totals {
  readonly #entities = new Map<string, MailboxEntity>();
  readonly #counts: Writable<Counts> = { ...NO_COUNTS };
  readonly #byState: Record<MailboxState['kind'], number> = { ...NO_STATES };
  /** By side and endpoint. */
  readonly #connections = new Map<string, number>();
  /** Only those at work: adding and taking away fractions over a night would leave a rest. */
  readonly #moving = new Set<string>();
  readonly #known: Writable<KnownExpectations> = { mailboxes: 0, messages: 0, bytes: 0, weighed: 0 };
  #bytesLeft = 0;
  #errors = 0;
  #inStep = 0;
  #needs = 0;
  #otherWaves = 0;
  readonly #leftOut = { accepted: 0, givenUp: 0 };

  note(entity: MailboxEntity): void {
    const before = this.#entities.get(entity.id);
    if (before) this.#add(before, -1);
    this.#add(entity, 1);
    this.#entities.set(entity.id, entity);
    if (isMoving(entity.state.kind) || entity.rate.messages > 0 || entity.rate.bytes > 0) this.#moving.add(entity.id);
    else this.#moving.delete(entity.id);
  }

  /** All mailboxes, in the order of the plan. */
  get entities(): MailboxEntity[] {
    return [...this.#entities.values()];
  }

  /** How many mailboxes there are. */
  get size(): number {
    return this.#entities.size;
  }

  entity(id: string): MailboxEntity | undefined {
    return this.#entities.get(id);
  }

  /** Ids of those that are at work, or have a rate. */
  get moving(): ReadonlySet<string> {
    return this.#moving;
  }

  get counts(): Counts {
    return { ...this.#counts };
  }

  get byState(): Record<MailboxState['kind'], number> {
    return { ...this.#byState };
  }

  /** The size of the mailboxes that were looked into. */
  get known(): KnownExpectations {
    return this.#known;
  }

  /** Mailboxes that went through, with nothing left. */
  get inStep(): number {
    return this.#inStep;
  }

  /** Mailboxes that need the operator. */
  get needs(): number {
    return this.#needs;
  }

  /** Mailboxes that wait for another wave than this run's. */
  get otherWaves(): number {
    return this.#otherWaves;
  }

  /** Bytes that are still to be settled. */
  get bytesLeft(): number {
    return this.#bytesLeft;
  }

  /** Messages that operators decided not to copy, with a folder or with a whole mailbox. */
  get leftOut(): BatchEntity['leftOut'] {
    return { ...this.#leftOut };
  }

  get errors(): number {
    return this.#errors;
  }

  /** @param endpoint  its name: of the batch, where that has one a side */
  connections(side: Side, endpoint: string): number {
    return (this.#connections.get(side) ?? 0) + (this.#connections.get(`${side} ${endpoint}`) ?? 0);
  }

  get rate(): Rate {
    let [messages, bytes] = [0, 0];
    for (const id of this.#moving) {
      const rate = this.#entities.get(id)?.rate;
      messages += rate?.messages ?? 0;
      bytes += rate?.bytes ?? 0;
    }
    return { messages, bytes };
  }

  #add(entity: MailboxEntity, sign: 1 | -1): void {
    this.#byState[entity.state.kind] += sign;
    if (needsOperator(entity)) this.#needs += sign;
    this.#errors += sign * entity.errors;
    this.#connect(entity, sign);
    if (waitsForWave(entity.state)) this.#otherWaves += sign;
    else this.#measure(entity, sign);
  }

  #measure(entity: MailboxEntity, sign: 1 | -1): void {
    for (const key of Object.keys(this.#counts) as (keyof Counts)[]) this.#counts[key] += sign * entity.counts[key];
    this.#expect(entity.expected, sign);
    if (isInStep(entity)) this.#inStep += sign;
    if (entity.state.kind === 'given-up') this.#leftOut.givenUp += sign * (entity.counts.left + entity.counts.failed);
    else this.#leftOut.accepted += sign * entity.accepted;
    this.#bytesLeft += sign * entity.bytesLeft;
  }

  #connect({ lines, servers }: MailboxEntity, sign: 1 | -1): void {
    for (const side of SIDES) {
      if (lines[side].connections === 0) continue;
      const at = servers === null ? side : `${side} ${servers[side]}`;
      this.#connections.set(at, (this.#connections.get(at) ?? 0) + sign * lines[side].connections);
    }
  }

  #expect(expected: Expected | null, sign: 1 | -1): void {
    if (expected === null) return;
    this.#known.mailboxes += sign;
    this.#known.messages += sign * expected.messages;
    this.#known.bytes += sign * expected.bytes;
    this.#known.weighed += sign * expected.weighed;
  }
}

import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import { type Elsewhere, isConvicted, type Strike } from '../imap/apart/strikes.js';

/** Messages that are tried together, since one of them may be to blame. */
interface Group {
  /** The side whose connection was lost. */
  readonly side: Side;
  readonly uids: readonly number[];
  /** Only of a group of one message. */
  readonly strikes: readonly Strike[];
}

/** The result of trying suspects alone. */
export type Tried =
  | { readonly kind: 'narrowed' }
  /** It failed, and is tried again. */
  | { readonly kind: 'struck' }
  | { readonly kind: 'convicted'; readonly uid: number; readonly strikes: readonly Strike[] };

/**
 * The messages of one folder that were under way when a connection was lost, or that were refused together. All others
 * are copied first. Then suspects are tried in groups, each alone on its connection, until one message is to blame. Pure.
 */
export class Suspects {
  #groups: readonly Group[] = [];
  readonly #convicted = new Map<number, readonly Strike[]>();
  /** Refused while the destination took messages that were sent behind them. */
  readonly #passedBy = new Set<number>();

  /** How many messages are suspected, or are to blame and not entered yet. */
  get size(): number {
    return this.#groups.reduce((sum, { uids }) => sum + uids.length, this.#convicted.size);
  }

  /** Messages that are to blame, with their strikes, until they are {@link cleared}. */
  get convicted(): ReadonlyMap<number, readonly Strike[]> {
    return this.#convicted;
  }

  has(uid: number): boolean {
    return this.#convicted.has(uid) || this.#groups.some(({ uids }) => uids.includes(uid));
  }

  get uids(): UidSet {
    return UidSet.from([...this.#groups.flatMap(({ uids }) => uids), ...this.#convicted.keys()]);
  }

  /** The suspects with which connections of this side were lost. */
  on(side: Side): UidSet {
    return UidSet.from(this.#groups.flatMap((group) => (group.side === side ? group.uids : [])));
  }

  /**
   * The groups in the order of their tries: the least suspicious first. A server works in order, so of messages that
   * were under way together the first is the most suspicious; the others show that the server is not dead.
   */
  get groups(): readonly (readonly number[])[] {
    const order = [...this.#groups]
      .reverse()
      .sort((one, other) => one.strikes.length - other.strikes.length || other.uids.length - one.uids.length);
    return order.map(({ uids }) => uids);
  }

  /** How many times a message failed alone. */
  strikesOf(uid: number): number {
    return this.#groups.find(({ uids }) => uids.length === 1 && uids[0] === uid)?.strikes.length ?? 0;
  }

  /**
   * A connection was lost while these and other messages were under way.
   *
   * @param side    whose connection it was
   * @param likely  the UID that the server was most likely working on; null: not known
   * @returns whether there is a new suspect among them
   */
  suspect(side: Side, uids: readonly number[], likely: number | null): boolean {
    const fresh = uids.filter((uid) => !this.has(uid));
    if (fresh.length === 0) return false;
    this.#groups = [...this.#groups, ...parted(side, fresh, likely)];
    return true;
  }

  /** @param uids  messages in the order in which they were sent, some of which were refused */
  notTaken(uids: readonly number[], isTaken: (uid: number) => boolean): void {
    const behind = uids.findLastIndex(isTaken);
    uids.forEach((uid, at) => {
      if (at < behind && !isTaken(uid)) this.#passedBy.add(uid);
    });
  }

  /** They were refused before while others were taken: that they are the only ones left says nothing for them. */
  werePassedBy(uids: readonly number[]): boolean {
    return uids.every((uid) => this.#passedBy.has(uid));
  }

  /** A group was tried alone, and the connection was lost. @param uids  messages of the group without an answer */
  struck(uids: readonly number[], likely: number | null, strike: Strike, elsewhere: readonly Elsewhere[]): Tried {
    const [only, ...more] = uids;
    if (only === undefined) return { kind: 'struck' };
    const strikes = [...(this.#groups.find((group) => isSingle(group, only))?.strikes ?? []), strike];
    const { side } = strike;
    this.cleared(uids);
    if (more.length > 0) {
      const parts = likely === null ? quarters(side, uids) : parted(side, uids, likely);
      this.#groups = [...this.#groups, ...parts];
      return { kind: 'narrowed' };
    }
    if (isConvicted(strikes, elsewhere)) {
      this.#convicted.set(only, strikes);
      return { kind: 'convicted', uid: only, strikes };
    }
    this.#groups = [...this.#groups, { side, uids: [only], strikes }];
    return { kind: 'struck' };
  }

  /** These were taken, refused for a reason of their own, or are gone: they are no suspects any more. */
  cleared(uids: Iterable<number>): void {
    const gone = new Set(uids);
    if (gone.size === 0 || this.size === 0) return;
    for (const uid of gone) this.#convicted.delete(uid);
    this.#groups = this.#groups.flatMap((group) => {
      const left = group.uids.filter((uid) => !gone.has(uid));
      return left.length === 0 ? [] : [{ ...group, uids: left }];
    });
  }

  /** UIDVALIDITY has changed, so the UIDs mean other messages. */
  forget(): void {
    this.#groups = [];
    this.#convicted.clear();
  }
}

const isSingle = ({ uids }: Group, uid: number) => uids.length === 1 && uids[0] === uid;

function parted(side: Side, uids: readonly number[], likely: number | null): readonly Group[] {
  if (likely === null || !uids.includes(likely)) return quarters(side, uids);
  const rest = uids.filter((uid) => uid !== likely);
  return [{ side, uids: [likely], strikes: [] }, ...(rest.length > 0 ? [{ side, uids: rest, strikes: [] }] : [])];
}

/** Cuts into four parts: each try costs a connection, and halves would take more tries. */
function quarters(side: Side, uids: readonly number[]): readonly Group[] {
  const size = Math.max(1, Math.ceil(uids.length / 4));
  const groups: Group[] = [];
  for (let at = 0; at < uids.length; at += size) groups.push({ side, uids: uids.slice(at, at + size), strikes: [] });
  return groups;
}

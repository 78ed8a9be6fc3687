import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import { type Elsewhere, isConvicted, type Strike } from './strikes.js';

/** Messages that are tried together: one of them may be to blame. */
interface Group {
  /** Whose connection was lost with them. */
  readonly side: Side;
  readonly uids: readonly number[];
  /** Of a single message only. */
  readonly strikes: readonly Strike[];
}

/** The result of trying suspects alone. */
export type Tried =
  | { readonly kind: 'narrowed' }
  /** It is to be tried again. */
  | { readonly kind: 'struck' }
  | { readonly kind: 'convicted'; readonly uid: number; readonly strikes: readonly Strike[] };

/**
 * Messages of one folder that were under way when a line was lost, or refused together. All else goes first; then
 * they are tried group by group, each alone on its connection, until one message is left that is to blame. Pure.
 */
export class Suspects {
  #groups: readonly Group[] = [];
  readonly #convicted = new Map<number, readonly Strike[]>();

  /** How many messages are suspected, or convicted and not entered yet. */
  get size(): number {
    return this.#groups.reduce((sum, { uids }) => sum + uids.length, this.#convicted.size);
  }

  /** Messages that are to blame, until they are {@link cleared}. */
  get convicted(): ReadonlyMap<number, readonly Strike[]> {
    return this.#convicted;
  }

  has(uid: number): boolean {
    return this.#convicted.has(uid) || this.#groups.some(({ uids }) => uids.includes(uid));
  }

  get uids(): UidSet {
    return UidSet.from([...this.#groups.flatMap(({ uids }) => uids), ...this.#convicted.keys()]);
  }

  /** Those with which connections of a side were lost. */
  on(side: Side): UidSet {
    return UidSet.from(this.#groups.flatMap((group) => (group.side === side ? group.uids : [])));
  }

  /** In the order in which they are to be tried: the likeliest innocents first. */
  get groups(): readonly (readonly number[])[] {
    const order = [...this.#groups].sort(
      (one, other) => one.strikes.length - other.strikes.length || other.uids.length - one.uids.length,
    );
    return order.map(({ uids }) => uids);
  }

  /** How often a message was struck while it was alone. */
  strikesOf(uid: number): number {
    return this.#groups.find(({ uids }) => uids.length === 1 && uids[0] === uid)?.strikes.length ?? 0;
  }

  /**
   * A line was lost while these, and others, were under way.
   *
   * @param side    whose line it was
   * @param likely  one of them that the server was most likely working on; null: nobody knows
   * @returns whether any of them is news
   */
  suspect(side: Side, uids: readonly number[], likely: number | null): boolean {
    const fresh = uids.filter((uid) => !this.has(uid));
    if (fresh.length === 0) return false;
    this.#groups = [...this.#groups, ...parted(side, fresh, likely)];
    return true;
  }

  /** A group was tried alone, and the line was lost with it. @param uids  those of it that had no answer */
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

  /** Taken, refused for what they are, or gone: nothing speaks against them any more. */
  cleared(uids: Iterable<number>): void {
    const gone = new Set(uids);
    if (gone.size === 0 || this.size === 0) return;
    for (const uid of gone) this.#convicted.delete(uid);
    this.#groups = this.#groups.flatMap((group) => {
      const left = group.uids.filter((uid) => !gone.has(uid));
      return left.length === 0 ? [] : [{ ...group, uids: left }];
    });
  }

  /** The UIDs mean other messages now. */
  forget(): void {
    this.#groups = [];
    this.#convicted.clear();
  }
}

const isSingle = ({ uids }: Group, uid: number) => uids.length === 1 && uids[0] === uid;

function parted(side: Side, uids: readonly number[], likely: number | null): readonly Group[] {
  if (likely === null || !uids.includes(likely)) return quarters(side, uids);
  const rest = uids.filter((uid) => uid !== likely);
  return [...(rest.length > 0 ? [{ side, uids: rest, strikes: [] }] : []), { side, uids: [likely], strikes: [] }];
}

/** Each try costs a connection: four parts are fewer tries than two. */
function quarters(side: Side, uids: readonly number[]): readonly Group[] {
  const size = Math.max(1, Math.ceil(uids.length / 4));
  const groups: Group[] = [];
  for (let at = 0; at < uids.length; at += size) groups.push({ side, uids: uids.slice(at, at + size), strikes: [] });
  return groups;
}

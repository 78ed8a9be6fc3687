/** Somebody who moves bytes over a line that others use too. */
interface Wish {
  /** Bytes a millisecond, if nobody else were there. */
  readonly wants: number;
}

/**
 * Shares a line among those who want it, as the engine's rate limit does: each has its turn, so nobody has more than
 * another who wants as much, and what one leaves the others have.
 *
 * @param most  bytes a millisecond
 * @returns bytes a millisecond for each
 */
export function shareOf(wishes: readonly Wish[], most: number): readonly number[] {
  const shares = new Array<number>(wishes.length).fill(0);
  const order = wishes.map((_, index) => index).sort((a, b) => wishes[a]!.wants - wishes[b]!.wants);
  let left = most;
  for (const [place, index] of order.entries()) {
    const share = Math.min(wishes[index]!.wants, left / (order.length - place));
    shares[index] = share;
    left -= share;
  }
  return shares;
}

/** Somebody who moves bytes over a line that others use too. */
interface Wish {
  /** Bytes a millisecond that it would move alone. */
  readonly wants: number;
}

/**
 * Shares a line among those who want it, as the engine's rate limit does. Everybody has a turn, so nobody gets more
 * than another who wants as much, and what one does not use goes to the others.
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

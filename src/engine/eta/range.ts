/** Why an end may lie elsewhere than where it is told. Times are in milliseconds in which mailboxes may be at work. */
export interface Doubts {
  /** Until the end that is told. */
  readonly left: number;
  /** Until the end if all mailboxes that are held went on now. */
  readonly leftWithHeld: number;
  /** Part of all work that is still to come, 0 to 1: paces are known of what was seen. */
  readonly ahead: number;
  /** Part of the work to come that is of mailboxes nobody looked into, 0 to 1. */
  readonly unseen: number;
  /** Time that mailboxes have rested, as a part of the time that they were at work. */
  readonly rested: number;
  /** First starts to come, and the seconds between two of them. */
  readonly firstStarts: number;
  readonly stagger: { readonly min: number; readonly max: number };
}

/** Parts of the time that is left by which the end may be off: always, for work that is ahead, and for work that nobody saw. */
const UNSURE = { always: 0.08, ahead: 0.22, unseen: 0.35 } as const;
/** More goes wrong than goes better. */
const LATER = 1.5;
/** Rests and held mailboxes put the end off by no more than this part of the time that is left. */
const MOST = { rests: 0.5, held: 0.5 } as const;

/** How much earlier and later than it is told the end may lie, in milliseconds. */
export function rangeAround(doubts: Doubts): { readonly earlier: number; readonly later: number } {
  const { left, leftWithHeld, ahead, unseen, rested, firstStarts, stagger } = doubts;
  const part = UNSURE.always + UNSURE.ahead * ahead + UNSURE.unseen * unseen;
  // The sum of as many gaps, each of which may be of any length between the two: twice its standard deviation.
  const starts = 2 * Math.sqrt(firstStarts / 12) * (stagger.max - stagger.min) * 1000;
  // Servers that had mailboxes rest go on doing so.
  const rests = Math.min(MOST.rests, rested) * left;
  const held = Math.min(MOST.held * left, Math.max(0, leftWithHeld - left));
  return {
    earlier: Math.min(left, part * left + starts),
    later: LATER * part * left + starts + rests + held,
  };
}

import { idleClock, type WallClock, wallClock } from './story-clock.js';

/** How long the night is, and how fast its time runs. */
export interface Variant {
  /** Of the mailboxes' sizes. */
  readonly scale: number;
  /** `--stagger`, seconds. */
  readonly stagger: string;
  /** Milliseconds of the story in one of the wall: while lines are open, and while every mailbox waits. */
  readonly factor: { readonly working: number; readonly waiting: number };
  /** The clock that its time is taken from. */
  readonly wall: WallClock;
}

/** About three minutes; the clock shows an hour and a quarter. */
export const WHOLE_NIGHT: Variant = {
  scale: 1,
  stagger: '60-90',
  factor: { working: 16, waiting: 100 },
  wall: wallClock,
};

/** The same story with small mailboxes, in seconds: for tests, and for those in a hurry. */
export const QUICK_NIGHT: Variant = {
  scale: 0.04,
  stagger: '10-20',
  factor: { working: 300, waiting: 4000 },
  wall: idleClock,
};

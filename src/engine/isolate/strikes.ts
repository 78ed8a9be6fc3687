import type { Side } from '../../words/side.js';
import type { Loss } from '../imap/connection/loss.js';

/** A line that was lost, or a command that was refused, while one suspect was alone on its connection. */
export interface Strike {
  readonly side: Side;
  /** The command that had no answer. */
  readonly command: string;
  /** `refused`: the server answered, and said that it cannot. */
  readonly how: Loss['how'] | 'refused';
  /** The server's last words, or what was seen of the line. */
  readonly words: string;
  /** Milliseconds since the command was sent. */
  readonly waited: number;
  /** Milliseconds since the line was opened. */
  readonly age: number;
  /** Bytes that the line had carried. */
  readonly volume: number;
}

/** A line that was lost while more than one command had no answer: it says something of the line only. */
export type Elsewhere = Pick<Strike, 'age' | 'volume'>;

/** So much weighs against an innocent message that none has it by chance. */
const ENOUGH = 3;
/** Longer than this, in milliseconds, a line may well have dropped by itself meanwhile. */
const PROMPT = 2_000;
const SLOW = 0.25;
/** After so many strikes it makes no difference to the operator why it never arrives. */
const MOST = 12;
/** A line that drops after a time or a volume, was seen to do so this often, to within this share. */
const PATTERN = 2;
const ALIKE = 0.05;
/** Shorter lives and smaller volumes, in milliseconds and bytes, are alike by chance. */
const LEAST_AGE = 5_000;
const LEAST_VOLUME = 100_000;

/**
 * Whether a suspect is to blame. It is judged by tries in which it was alone only; those that fit how the line
 * drops anyhow, by time or by volume, do not count, and those that took long count little.
 */
export function isConvicted(strikes: readonly Strike[], elsewhere: readonly Elsewhere[]): boolean {
  if (strikes.length >= MOST) return true;
  return strikes.reduce((sum, strike) => sum + weightOf(strike, elsewhere), 0) >= ENOUGH;
}

/** The line drops like that, whatever is sent over it. */
export function fitsTheLine({ age, volume }: Strike, elsewhere: readonly Elsewhere[]): boolean {
  const sameAge = elsewhere.filter((other) => age >= LEAST_AGE && isAlike(age, other.age));
  const sameVolume = elsewhere.filter((other) => volume >= LEAST_VOLUME && isAlike(volume, other.volume));
  return sameAge.length >= PATTERN || sameVolume.length >= PATTERN;
}

function weightOf(strike: Strike, elsewhere: readonly Elsewhere[]): number {
  if (strike.how === 'refused') return 1;
  if (fitsTheLine(strike, elsewhere)) return 0;
  return strike.how === 'silent' || strike.waited <= PROMPT ? 1 : SLOW;
}

const isAlike = (one: number, other: number) => Math.abs(one - other) <= ALIKE * Math.max(one, other);

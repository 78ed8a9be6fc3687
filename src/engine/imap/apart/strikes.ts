import type { Side } from '../../../words/side.js';
import type { Loss, Unanswered } from '../connection/loss.js';
import { CONVICTS } from '../connection/silence-limits.js';
import type { Refused } from '../session/refused.js';

/** A lost connection, or a refused command, while one suspect was alone on the connection. */
export interface Strike {
  readonly side: Side;
  /** The command that had no answer. */
  readonly command: string;
  /** `refused`: the server answered NO. `limited`: it spoke of a limit, and opened another folder right after. */
  readonly how: Loss['how'] | 'refused' | 'limited';
  /** The server's last words, or how the connection ended. */
  readonly words: string;
  /** Milliseconds since the command was sent. */
  readonly waited: number;
  /** Milliseconds since something of use came or went. */
  readonly silence: number;
  /** Milliseconds since the connection was opened. */
  readonly age: number;
  /** Bytes that the connection had carried. */
  readonly volume: number;
  /** `shaky`: connections of that side ended at login, or idle, not long before. */
  readonly line: 'steady' | 'shaky';
  /** Whether that side has answered others since it was silent last; it says something of a silence only. */
  readonly others: 'answered' | 'silent';
}

/** A connection lost while several commands had no answer. It says something of the connection only. */
export type Elsewhere = Pick<Strike, 'age' | 'volume'>;

/** Weight of evidence from which on a suspect is to blame. An innocent message does not reach it by chance. */
const ENOUGH = 3;
/** After more milliseconds than this, the connection may have dropped by itself. */
const PROMPT = 2_000;
/**
 * Of a strike after such a time, and of one on a server that comes and goes: that dropped an innocent folder six times
 * in a row. So it is of a server that has stored nothing since it fell silent: it may do so for hours, whatever it is sent.
 */
const LITTLE = 0.25;
/** Of a limit: some servers refuse at random, and open the next folder by chance. */
const HALF = 0.5;
/** After so many strikes the suspect is entered, whatever the cause: it never arrives. */
const MOST = 12;
/** So many drops at a like age or volume show that connections drop by themselves. */
const PATTERN = 2;
const ALIKE = 0.05;
/** Ages (milliseconds) and volumes (bytes) below these are alike by chance. */
const LEAST_AGE = 5_000;
const LEAST_VOLUME = 100_000;

/**
 * Whether a suspect is to blame. Only tries in which it was alone count. Tries do not count if connections drop anyhow at
 * that age or volume, and they count little if they took long.
 */
export function isConvicted(strikes: readonly Strike[], elsewhere: readonly Elsewhere[]): boolean {
  if (strikes.length >= MOST) return true;
  return strikes.reduce((sum, strike) => sum + weightOf(strike, elsewhere), 0) >= ENOUGH;
}

/** Whether connections drop at that age or volume, whatever is sent over them. */
export function fitsTheLine({ age, volume }: Strike, elsewhere: readonly Elsewhere[]): boolean {
  const sameAge = elsewhere.filter((other) => age >= LEAST_AGE && isAlike(age, other.age));
  const sameVolume = elsewhere.filter((other) => volume >= LEAST_VOLUME && isAlike(volume, other.volume));
  return sameAge.length >= PATTERN || sameVolume.length >= PATTERN;
}

function weightOf(strike: Strike, elsewhere: readonly Elsewhere[]): number {
  if (strike.how === 'refused') return 1;
  if (strike.how === 'limited') return HALF;
  if (fitsTheLine(strike, elsewhere)) return 0;
  if (isSilentStore(strike) && strike.silence >= CONVICTS) return ofStoring(strike);
  const isPrompt = strike.how === 'silent' || strike.waited <= PROMPT;
  return isPrompt && strike.line === 'steady' ? 1 : LITTLE;
}

/** Whether the destination gave no answer to a message that was sent alone. */
export function isSilentStore({ how, command }: Pick<Strike, 'how' | 'command'>): boolean {
  return how === 'silent' && command === 'APPEND';
}

/** It was silent among others before. Each try may be stored later, so there is one more where others were stored since. */
function ofStoring({ others, line }: Strike): number {
  if (others === 'silent') return LITTLE;
  return line === 'steady' ? ENOUGH : 1;
}

const isAlike = (one: number, other: number) => Math.abs(one - other) <= ALIKE * Math.max(one, other);

/** A refusal as a strike. */
export function refusal({ side, command, line }: Refused, how: 'refused' | 'limited' = 'refused'): Strike {
  return {
    side,
    command,
    how,
    words: line,
    waited: 0,
    silence: 0,
    age: 0,
    volume: 0,
    line: 'steady',
    others: 'answered',
  };
}

/** The UID whose row broke off; else the first one without a row, if other rows came. */
export function likeliest({ brokenRow }: Loss, { uids, isBegun }: Unanswered): number | null {
  if (brokenRow !== null && uids?.includes(brokenRow)) return brokenRow;
  return isBegun ? (uids?.[0] ?? null) : null;
}

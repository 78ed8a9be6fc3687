import type { Kind, Verdict } from '../../words/verdict.js';
import { LONGEST_WAIT_SECONDS } from './named-wait.js';
import { OVER_QUOTA_READING, OVER_QUOTA_SOURCE } from './rules/by-code.js';
import { GMAIL_DAILY_LIMITS } from './rules/known-servers.js';

type Milliseconds = number;

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The longest rest. A timer over 2^31 ms fires at once in Node, and after a day the operator is asked anyhow. */
export const LONGEST_REST: Milliseconds = LONGEST_WAIT_SECONDS * SECOND;

interface Pace {
  /** How long the first rest lasts at most. It doubles with each failure in a row. */
  readonly base: Milliseconds;
  /** The shortest rest, whatever the jitter. */
  readonly floor: Milliseconds;
  readonly cap: Milliseconds;
  readonly jitter: 'full' | 'none';
}

const SOON: Pace = { base: 5 * SECOND, floor: SECOND, cap: 30 * MINUTE, jitter: 'full' };
/** A refused message waits for the operator. If it is tried again all the same, then never within 5 minutes. */
const REFUSED: Pace = { base: 5 * MINUTE, floor: 5 * MINUTE, cap: 30 * MINUTE, jitter: 'none' };
/** Two or three tries close together, then rare ones. */
const FAULT: Pace = { base: 30 * SECOND, floor: 10 * SECOND, cap: 30 * MINUTE, jitter: 'full' };

const PACE: Readonly<Record<Kind, Pace>> = {
  transient: SOON,
  throttled: { base: 30 * SECOND, floor: 15 * SECOND, cap: 30 * MINUTE, jitter: 'full' },
  'mailbox-state': { base: 5 * MINUTE, floor: 5 * MINUTE, cap: 30 * MINUTE, jitter: 'none' },
  'server-bug': FAULT,
  corruption: FAULT,
  auth: REFUSED,
  quota: REFUSED,
  'message-policy': REFUSED,
  missing: REFUSED,
  folder: REFUSED,
  'client-bug': REFUSED,
};

/** The allowance of the day is used up. Gmail locks an account for 1 to 24 h that comes again within minutes. */
const OF_THE_DAY: Pace = { base: HOUR, floor: HOUR, cap: 6 * HOUR, jitter: 'none' };
const DAILY_RULES: ReadonlySet<string> = new Set([GMAIL_DAILY_LIMITS, OVER_QUOTA_READING, OVER_QUOTA_SOURCE]);

const paceOf = ({ kind, rule }: Verdict): Pace => (DAILY_RULES.has(rule) ? OF_THE_DAY : PACE[kind]);

/** Tries in a row after which a fault inside the server is tried rarely. */
const FAULT_TRIES = 3;

/**
 * How long a mailbox rests after its n-th failure in a row. A wait that the server named counts
 * when it is the longer one; nothing rests over 24 h.
 *
 * @param failures how many in a row, 1 for the first
 * @param random   0 <= x < 1, for jitter
 */
export function restAfter(verdict: Verdict, failures: number, random: number): Milliseconds {
  const { base, floor, cap, jitter } = paceOf(verdict);
  const inRow = Math.max(1, Math.floor(failures));
  const doubled = Math.min(cap, base * 2 ** Math.min(40, inRow - 1));
  const own = jitter === 'full' ? doubled * random : doubled;
  const least = isFault(verdict.kind) && inRow > FAULT_TRIES ? 5 * MINUTE : floor;
  return Math.min(LONGEST_REST, Math.ceil(Math.max(least, own, verdict.waitSeconds * SECOND)));
}

/**
 * Whether rests of two kinds grow together. Both begin with seconds and double with jitter, so failures of both in turn
 * count as one row.
 */
export function restsGrowAlike(one: Kind, other: Kind): boolean {
  return PACE[one].jitter === 'full' && PACE[other].jitter === 'full';
}

function isFault(kind: Kind): boolean {
  return kind === 'server-bug' || kind === 'corruption';
}

/**
 * How long a mailbox may stay in one state before it asks for the operator. The probing goes on.
 * A day's wait that the server named is asked about at once, a kind that only a human mends too, and a
 * fault inside the server when the tries close together are used up.
 *
 * @param failures how many in a row, 1 for the first
 * @returns milliseconds since the first failure
 */
export function asksOperatorAfter(verdict: Verdict, failures: number): Milliseconds {
  if (verdict.next === 'hold' || verdict.waitSeconds >= LONGEST_WAIT_SECONDS) return 0;
  if (isFault(verdict.kind) && failures > FAULT_TRIES) return 0;
  return HOUR;
}

/**
 * How many tries a kind has before the mailbox is held. A command that the server calls wrong three times is not sent a
 * fourth time before somebody has looked.
 */
export function triesBeforeHold(kind: Kind): number {
  return kind === 'client-bug' ? 3 : Number.POSITIVE_INFINITY;
}

/**
 * How many single messages may be refused in a row, with none taken in between, before the mailbox is held and asks.
 * While a batch is halved to find the offender, only messages that were refused alone count.
 */
export function refusalsBeforeHold(kind: Kind): number {
  return kind === 'quota' ? 5 : 25;
}

/** How many mailboxes must meet a verdict of scope `endpoint` before the endpoint's circuit opens. */
export const MAILBOXES_BEFORE_CIRCUIT = 3;

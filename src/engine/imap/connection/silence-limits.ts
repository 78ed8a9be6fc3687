/*
 * How long silence is allowed, in milliseconds of a clock that never jumps. Bytes of an answer, and bytes of ours that
 * go, end a silence; docs/limits.md says the same to operators.
 */

/** To connect, to agree on TLS and to greet: more than the 15 s that Exchange allows itself. */
export const CONNECTING = 20_000;
/** Between two answers of a login. */
export const LOGGING_IN = 60_000;
/** Of a whole login, from the moment that it may begin: a server that talks on is not waited for any longer. */
export const LOGIN_IN_ALL = 120_000;

/** While other work waits: some servers need a minute. */
export const USUAL = 65_000;
/** Of a question that a copy can do without: ID, NAMESPACE, LSUB, STATUS, SUBSCRIBE. */
export const SHORT = 30_000;
/** Of a folder or message that is read alone, when nothing else waits for it, by its strikes so far. The last try gets more. */
export const READ_ALONE = [10_000, 10_000, 20_000] as const;
/** Of each command while an operator is looking on. */
export const LOOKED_ON = 30_000;
/** Of a message that is stored alone: a server may look for viruses for minutes. */
export const STORED_ALONE = 4 * 60_000;
/** Of every command on a side that is slow as a whole: no other work could go on meanwhile. */
export const SLOW_SIDE = 4 * 60_000;
/** Of the next suspects, after some that were never answered: the server is known to be silent. */
export const AFTER_OTHERS = 60_000;
/** No command is waited for any longer; and a message that had no answer for so long is stored, or never will be. */
export const LONGEST = 5 * 60_000;

/** While a group of suspects is fetched: it is tried again in parts. */
export const OF_A_GROUP = 8_000;

/** A silence of so long, alone, convicts by itself where others were answered meanwhile: it is the second one. */
export const CONVICTS = 55_000;

/** Within an answer: a server that has begun goes on, or is broken. Asking again costs little. */
export const STALLED = 20_000;
/** A first flight is answered within seconds. */
export const LOST = 10_000;
/** The answer lies inside of a literal that was announced too long. */
export const SWALLOWED = 2_000;

/** Between two looks for a silence. */
export const LOOK = 2_000;

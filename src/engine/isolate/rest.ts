import type { Verdict } from '../../words/verdict.js';
import type { Finding } from './finding.js';

/** Milliseconds before the next try while suspects get fewer. The connection may have dropped by itself, and needs a moment. */
const SOON = 500;
/** Milliseconds after a suspect failed alone, longer each time: a server in passing trouble may recover meanwhile. */
const AFTER_STRIKE = [1_500, 4_000] as const;

/** Verdicts about a BYE or an error that name the server's own reason: no message under way is to blame. */
const SAYS_WHY: ReadonlySet<Verdict['kind']> = new Set(['throttled', 'auth', 'quota', 'mailbox-state']);

/**
 * How long a mailbox rests before the next try narrows down further what breaks its connections, in milliseconds.
 *
 * @param random  0 <= x < 1, for jitter
 * @returns null where nothing was found out: it rests as after any failure
 */
export function restAfterFinding(finding: Finding, { kind }: Verdict, random: number): number | null {
  if (finding.kind === 'nothing' || SAYS_WHY.has(kind)) return null;
  const strikes = finding.kind === 'narrowed' ? finding.strikes : 0;
  return (strikes > 0 ? (AFTER_STRIKE[strikes - 1] ?? AFTER_STRIKE[1]) : SOON) + Math.round(SOON * random);
}

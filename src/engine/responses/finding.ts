import type { Advice } from '../../words/advice/advice.js';
import type { Found } from '../../words/findings/found.js';
import { foundText } from '../../words/findings/found-text.js';
import type { OwnRule } from '../../words/findings/own-rules.js';
import type { Kind, Next, Scope, Verdict } from '../../words/verdict.js';

/** A failure that the engine found itself, in the form of the error ledger: no server said it, and the verdict is given. */
export interface Finding {
  /** The finding in words, where a server's response would stand. */
  readonly response: string;
  readonly verdict: Verdict;
}

/** Makes a finding of its key and fields. */
export function finding(
  found: Found,
  kind: Kind,
  scope: Scope,
  next: Next,
  rule: OwnRule,
  advice: Advice,
  code: string | null = null,
): Finding {
  const verdict = { kind, code, scope, next, waitSeconds: 0, advice, rule, grounds: { key: 'found', found } } as const;
  return { response: foundText(found), verdict };
}

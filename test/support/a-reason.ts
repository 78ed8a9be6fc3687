import type { ResponseReason } from '../../src/words/reason.js';
import type { Side } from '../../src/words/side.js';

/** A server's response as a reason, with its code read from brackets. */
export function said(side: Side, response: string): ResponseReason {
  return { key: 'response', side, code: /\[([A-Z-]+)/.exec(response)?.[1] ?? null, response };
}

import type { Advice } from './advice/advice.js';
import type { Grounds } from './grounds/grounds.js';
import type { Kind } from './kind.js';

export { KINDS, type Kind } from './kind.js';

/** How far a failure reaches. */
export const SCOPES = ['message', 'folder', 'mailbox', 'endpoint'] as const;
export type Scope = (typeof SCOPES)[number];

/** The engine's next step. `ignore` is for good news and for what needs nothing. */
export const NEXTS = [
  'ignore',
  'retry',
  'wait',
  'hold',
  'skip-message',
  'skip-folder',
  'note',
  'create-folder',
  'renew-token',
] as const;
export type Next = (typeof NEXTS)[number];

/** The classifier's reading of a server response. Plain data: it is stored, sent and shown. */
export interface Verdict {
  readonly kind: Kind;
  /** Upper-case response code, or null where the response carries none. */
  readonly code: string | null;
  readonly scope: Scope;
  readonly next: Next;
  /** The wait that the server named, in seconds; 0 where it named none. */
  readonly waitSeconds: number;
  /** The step that an operator can take. */
  readonly advice: Advice;
  /** Name of the rule that decided. */
  readonly rule: string;
  /** Why it was read so. */
  readonly grounds: Grounds;
}

import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import type { LiteralWay } from '../grammar/piece.js';
import type { Flow } from './flow.js';
import type { Place } from './pending.js';

/** The fate of a command that stood behind an unanswered one, or was spared that. */
export type StoodFate =
  | { readonly kind: 'served'; readonly behind: Place }
  /** `folder`: that was read, by wire name; null: none. */
  | { readonly kind: 'served alone'; readonly behind: Place; readonly folder: string | null }
  /** `folder`: that was opened or read; `opened`: when the line was, in milliseconds of a clock that never jumps. */
  | { readonly kind: 'lost'; readonly behind: Place; readonly folder: string | null; readonly opened: number }
  | { readonly kind: 'lost alone' };

export interface WireOptions {
  readonly side: Side;
  readonly clock: Clock;
  readonly literals: LiteralWay;
  /** Milliseconds without a byte, while an answer is due, after which the line is given up. */
  readonly patience?: number;
  /** Untagged OK, NO and BAD that belong to no command: warnings, alerts, soft quota. */
  readonly onNotice?: (line: string) => void;
  /** How many commands this server is sent at a time, as far as it is known; pipelined unless said. */
  readonly flow?: Flow;
  /** The server turned out to serve one command at a time. */
  readonly onOneAtATime?: () => void;
  /** Told of commands that stood behind unanswered ones, or would have: once a place, and when the line breaks. */
  readonly onStood?: (stood: StoodFate) => void;
}

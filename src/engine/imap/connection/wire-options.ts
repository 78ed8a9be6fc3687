import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import type { LiteralWay } from '../grammar/piece.js';
import type { Flow } from './flow.js';

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
}

import type { Clock } from '../../../words/clock.js';
import type { Side } from '../../../words/side.js';
import type { LiteralWay } from '../grammar/piece.js';
import type { FlowOptions } from './flow.js';

export interface WireOptions extends FlowOptions {
  readonly side: Side;
  readonly clock: Clock;
  readonly literals: LiteralWay;
  /** Most milliseconds of silence, while an answer is due, after which the connection is given up. */
  readonly patience?: number;
  /** Untagged OK, NO and BAD that belong to no command: warnings, alerts, soft quota. */
  readonly onNotice?: (line: string) => void;
  /** Whether bytes wait for their turn, so that a silence is our own. */
  readonly isPaced?: () => boolean;
  /** `refused`: only commands that change nothing are sent. Of others no byte is written. */
  readonly changes?: 'refused';
}

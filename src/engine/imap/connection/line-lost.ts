import type { Side } from '../../../words/side.js';
import { type Loss, NOTHING_LOST } from './loss.js';

/**
 * A line to a server is gone. What was sent and not answered has an unknown outcome.
 */
export class LineLost extends Error {
  override readonly name = 'LineLost';
  constructor(
    readonly side: Side,
    /** The server's farewell, `* BYE …`, where it sent one. */
    readonly bye: string | null,
    override readonly cause: Error | null,
    readonly loss: Loss = NOTHING_LOST,
  ) {
    super(bye ?? cause?.message ?? 'the connection was closed');
  }
}

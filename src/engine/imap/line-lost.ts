import type { Side } from '../../words/side.js';

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
  ) {
    super(bye ?? cause?.message ?? 'the connection was closed');
  }
}

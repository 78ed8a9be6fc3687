import type { Side } from '../../../words/side.js';
import { type Loss, NOTHING_LOST } from './loss.js';

/** A connection is lost. The outcome of commands without an answer is unknown. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
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

/** Whether the connection was given up because the server lost a command that was sent behind another one. */
export function isCommandLost({ cause }: ConnectionLost): boolean {
  return cause !== null && 'code' in cause && cause.code === 'COMMAND_LOST';
}

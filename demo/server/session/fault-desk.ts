import {
  type BytesFault,
  type CommandEvent,
  type CommandFault,
  type ConnectFault,
  type Fault,
  type FaultEvent,
  type FaultHook,
  type MessageEvent,
  type MessageFault,
  type RowEvent,
  type RowFault,
  UnfitFault,
} from '../faults.js';
import type { Direction } from '../wire/wire.js';
import type { Session } from './session.js';

const CONNECT = new Set<Fault['kind']>(['answer', 'drop', 'drop-later', 'hang', 'delay']);
const COMMAND = new Set<Fault['kind']>([...CONNECT, 'answer-after-doing', 'drop-after-doing', 'unsolicited']);
const MESSAGE = new Set<Fault['kind']>(['answer', 'drop', 'hang', 'delay']);
const ROW = new Set<Fault['kind']>([...MESSAGE, 'omit-row', 'garble-row', 'unsolicited']);

/** Asks the hook, and sees to it that the answer fits the event. */
export class FaultDesk {
  readonly #counts = new Map<string, number>();

  constructor(private readonly hook: FaultHook) {}

  atConnect(connection: number): ConnectFault | undefined {
    return this.#ask<ConnectFault>({ at: 'connect', connection, account: null }, CONNECT);
  }

  atCommand(
    session: Session,
    told: Pick<CommandEvent, 'command' | 'args' | 'folder' | 'uids'>,
  ): CommandFault | undefined {
    const nth = (this.#counts.get(told.command) ?? 0) + 1;
    this.#counts.set(told.command, nth);
    return this.#ask<CommandFault>({ at: 'command', ...who(session), ...told, nth }, COMMAND);
  }

  atMessage(
    session: Session,
    told: Pick<MessageEvent, 'folder' | 'raw' | 'flags' | 'index'>,
  ): MessageFault | undefined {
    return this.#ask<MessageFault>({ at: 'message', ...who(session), ...told }, MESSAGE);
  }

  atRow(
    session: Session,
    told: Pick<RowEvent, 'folder' | 'uid' | 'sequence' | 'items' | 'size'>,
  ): RowFault | undefined {
    return this.#ask<RowFault>({ at: 'row', ...who(session), ...told }, ROW);
  }

  /** @returns the count at which the line is cut, or null */
  atBytes(connection: number, account: string | null, direction: Direction, from: number, to: number): number | null {
    const fault = this.#ask<BytesFault>({ at: 'bytes', connection, account, direction, from, to }, new Set(['drop']));
    return fault ? (fault.after ?? from) : null;
  }

  #ask<F extends Fault>(event: FaultEvent, fitting: ReadonlySet<Fault['kind']>): F | undefined {
    const fault = this.hook(event);
    if (fault && !fitting.has(fault.kind)) throw new UnfitFault(fault, event);
    return fault as F | undefined;
  }
}

function who(session: Session): { readonly connection: number; readonly account: string | null } {
  return { connection: session.number, account: session.account?.user ?? null };
}

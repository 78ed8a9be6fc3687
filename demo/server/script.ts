import type {
  BytesFault,
  CommandEvent,
  CommandFault,
  ConnectFault,
  Fault,
  FaultEvent,
  FaultHook,
  MessageEvent,
  MessageFault,
  RowEvent,
  RowFault,
} from './faults.js';

/** Rules about what goes wrong, in the order in which they are tried: the first rule that fits decides. */
export function script(...rules: readonly Rule[]): FaultHook {
  return (event) => {
    for (const rule of rules) {
      const fault = rule(event);
      if (fault) return fault;
    }
    return undefined;
  };
}

export type Rule = FaultHook;

/** The occurrence among the events that fit: all of them unless said. */
export interface Which {
  /** Only the n-th that fits, 1 for the first. */
  readonly nth?: number;
  /** From the n-th on. */
  readonly from?: number;
  /** At most so often. */
  readonly times?: number;
  readonly account?: string;
  readonly connection?: number;
}

type Matching<E> = Which & { readonly where?: (event: E) => boolean };

export function whenConnected(fault: ConnectFault, which: Which = {}): Rule {
  return rule('connect', which, () => true, fault);
}

/** @param command in upper case, `UID FETCH` in one; `*` for any */
export function when(
  command: string,
  fault: CommandFault,
  which: Matching<CommandEvent> & { readonly folder?: string } = {},
): Rule {
  const { folder, where = () => true } = which;
  const fits = (event: CommandEvent) =>
    (command === '*' || event.command === command) && (folder === undefined || event.folder === folder) && where(event);
  return rule('command', which, fits, fault);
}

/** @param which `containing`: text somewhere in the message's bytes */
export function whenMessage(
  fault: MessageFault,
  which: Matching<MessageEvent> & { readonly folder?: string; readonly containing?: string } = {},
): Rule {
  const { folder, containing, where = () => true } = which;
  const fits = (event: MessageEvent) =>
    (folder === undefined || event.folder === folder) &&
    (containing === undefined || event.raw.includes(containing)) &&
    where(event);
  return rule('message', which, fits, fault);
}

export function whenRow(
  fault: RowFault,
  which: Matching<RowEvent> & { readonly folder?: string; readonly uid?: number } = {},
): Rule {
  const { folder, uid, where = () => true } = which;
  const fits = (event: RowEvent) =>
    (folder === undefined || event.folder === folder) && (uid === undefined || event.uid === uid) && where(event);
  return rule('row', which, fits, fault);
}

/** The connection drops when the connection's count passes `after` bytes. */
export function whenBytes(direction: 'received' | 'sent', after: number, which: Which = {}): Rule {
  const fault: BytesFault = { kind: 'drop', after };
  return rule(
    'bytes',
    which,
    (event) => event.direction === direction && event.to >= after && event.from <= after,
    fault,
  );
}

function rule<A extends FaultEvent['at']>(
  at: A,
  which: Which,
  fits: (event: Extract<FaultEvent, { at: A }>) => boolean,
  fault: Fault,
): Rule {
  let seen = 0;
  let done = 0;
  return (event) => {
    if (event.at !== at || !fits(event as Extract<FaultEvent, { at: A }>)) return undefined;
    if (which.account !== undefined && event.account !== which.account) return undefined;
    if (which.connection !== undefined && event.connection !== which.connection) return undefined;
    seen += 1;
    if (which.nth !== undefined && seen !== which.nth) return undefined;
    if (seen < (which.from ?? 1) || done >= (which.times ?? Number.POSITIVE_INFINITY)) return undefined;
    done += 1;
    return fault;
  };
}

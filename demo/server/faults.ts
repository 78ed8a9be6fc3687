import type { Direction } from './wire/wire.js';

/**
 * The one hook through which a test or the demo makes the server misbehave: it is told what is about
 * to happen, and may answer with what shall happen instead. `script.ts` and `fault-builders.ts` write such hooks in one line.
 */
export type FaultHook = (event: FaultEvent) => Fault | undefined;

/** Fields of all events. `connection` counts from 1 over the life of the server. */
interface OnConnection {
  readonly connection: number;
  /** The user acted as, once logged in. */
  readonly account: string | null;
}

/** A client connected; nothing was sent yet. */
export interface ConnectEvent extends OnConnection {
  readonly at: 'connect';
}

/** A command was read (its first line, for APPEND), and nothing was done yet. */
export interface CommandEvent extends OnConnection {
  readonly at: 'command';
  /** In upper case, `UID FETCH` in one. */
  readonly command: string;
  /** Literals as `{n}`, secrets as `***`. */
  readonly args: string;
  /** The folder it names, or the selected one. */
  readonly folder: string | null;
  /** How many commands of this name the server has seen, 1 for the first. */
  readonly nth: number;
  /** The UIDs as they stand in the command, for UID commands. */
  readonly uids: string | null;
}

/** A message of an APPEND was received whole, and not stored yet. `answer` refuses the command, and with it the batch. */
export interface MessageEvent extends OnConnection {
  readonly at: 'message';
  readonly folder: string;
  readonly raw: Buffer;
  readonly flags: readonly string[];
  /** Place in its command, 0 for the first. */
  readonly index: number;
}

/** A FETCH row is about to be written. */
export interface RowEvent extends OnConnection {
  readonly at: 'row';
  readonly folder: string;
  readonly uid: number;
  readonly sequence: number;
  /** The names of what was asked for, in upper case. */
  readonly items: readonly string[];
  /** Bytes of the whole message, which may be made only to answer this. */
  readonly size: () => number;
}

/** Bytes are about to count as received or sent: the connection's counts before and after. */
export interface BytesEvent extends OnConnection {
  readonly at: 'bytes';
  readonly direction: Direction;
  readonly from: number;
  readonly to: number;
}

export type FaultEvent = ConnectEvent | CommandEvent | MessageEvent | RowEvent | BytesEvent;

/** Reply lines instead of doing it. `NO ...`, `OK ...`, `BAD ...` get the command's tag; others go out as they are. */
export interface Answer {
  readonly kind: 'answer';
  readonly lines: readonly string[];
  readonly next: 'go-on' | 'drop';
}
/** The connection drops, nothing is done. At bytes: exactly at the count `after`, when that lies in the event's stretch. */
export interface Drop {
  readonly kind: 'drop';
  readonly after: number | null;
}
/** The connection drops when so many bytes were received or sent, of the connection or counted from this command's first byte. */
export interface DropLater {
  readonly kind: 'drop-later';
  readonly direction: Direction;
  readonly bytes: number;
  readonly of: 'connection' | 'command';
}
/** Nothing is ever answered again; the line stays open. */
export interface Hang {
  readonly kind: 'hang';
}
/** On the server's clock; `next` comes after it, or what was asked for. */
export interface Delay<Then> {
  readonly kind: 'delay';
  readonly ms: number;
  readonly next: Then | null;
}
/** Untagged lines before what was asked for. */
export interface Unsolicited<Then> {
  readonly kind: 'unsolicited';
  readonly lines: readonly string[];
  readonly next: Then | null;
}
/** It is done, and these lines are the answer in place of the tagged one. */
export interface AnswerAfterDoing {
  readonly kind: 'answer-after-doing';
  readonly lines: readonly string[];
}
/** It is done, and the connection drops before the answer: the client cannot know. */
export interface DropAfterDoing {
  readonly kind: 'drop-after-doing';
}
export interface OmitRow {
  readonly kind: 'omit-row';
}
/**
 * `keyword`: the flags hold `100%`, which is no atom. `broken`: parentheses that do not match.
 * `no-uid`, `no-body`: what was asked for is not in the row.
 */
export interface GarbleRow {
  readonly kind: 'garble-row';
  readonly how: 'keyword' | 'broken' | 'no-uid' | 'no-body';
}

export type ConnectFault = Answer | Drop | DropLater | Hang | Delay<ConnectFault>;
export type CommandFault =
  | Answer
  | Drop
  | DropLater
  | Hang
  | AnswerAfterDoing
  | DropAfterDoing
  | Delay<CommandFault>
  | Unsolicited<CommandFault>;
export type MessageFault = Answer | Drop | Hang | Delay<MessageFault>;
export type RowFault = Answer | Drop | Hang | OmitRow | GarbleRow | Delay<RowFault> | Unsolicited<RowFault>;
export type BytesFault = Drop;
export type Fault = ConnectFault | CommandFault | MessageFault | RowFault | BytesFault;

/** A hook answered with something that makes no sense at its event: a mistake in a test, and it must be heard. */
export class UnfitFault extends Error {
  override readonly name = 'UnfitFault';
  constructor(fault: Fault, event: FaultEvent) {
    super(`a fault of kind ${fault.kind} cannot happen at the event ${event.at}`);
  }
}

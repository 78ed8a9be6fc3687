import type { Flow } from '../../profiles/manners.js';
import type { StoodFate } from './flow-doubts.js';
import { type Behind, folderOf, type Pending, type PendingCommands } from './pending.js';
import type { Tagged } from './tagged.js';

/** Knowledge of a server's flow when a connection is opened, and who is told what is found out. */
export interface FlowOptions {
  /** How many commands this server is sent at a time, as far as it is known; pipelined unless said. */
  readonly flow?: Flow;
  /** The server turned out to serve one command at a time. */
  readonly onOneAtATime?: () => void;
  /** Told of commands that stood behind unanswered ones, or would have: once a place, and when the line breaks. */
  readonly onStood?: (stood: StoodFate) => void;
}

export type AnsweredAlone = 'served' | 'refused';

/** Each command is asked again so often for a NO, and so often for a BAD: what is refused alone too says nothing. */
const TRIES = 3;
/** Any other NO with a code says what it means: a wait, a refusal. It would say so again. */
const OUR_FAULT = 'CLIENTBUG';
/** These change nothing, and are seldom refused: a NO without a code is worth asking again. */
const READS: ReadonlySet<string> = new Set(['UID FETCH', 'UID SEARCH']);
/** A wait, a limit or a fault is obeyed at once: asked again, the server would only be asked too soon. */
const SAYS_WHY =
  /throttl|limit|\brate\b|again|later|wait|back-?off|exceed|too (?:many|much|large)|quota|unavailable|maintenance|tempor|fail|error|denied|permission/i;
/** The server is at another command. */
const BUSY = /^NO \[INUSE\]|\b(?:one (?:command )?at a time|pipelin\w+)\b/i;
/** The folder that was opened in front of the command is not open yet. */
const NOT_OPEN_YET =
  /\b(?:no|not an?) (?:mailbox|folder) (?:is |was |has been )?(?:selected|open)|\bnot (?:in )?selected\b|\b(?:wrong|invalid|bad|illegal|incorrect) (?:session |connection )?state\b|\bselect (?:a |the )?(?:mailbox|folder)\b|\bin progress\b/i;

/**
 * Finds out whether a server can be sent a command behind an unanswered one (RFC 9051 section 5.5 says that it
 * can). Some refuse the second, some lose it.
 */
export class FlowFinder {
  #flow: Flow;
  readonly #proven = new Set<Behind>();
  readonly #tries = new Map<string, number>();
  /** A command was refused as the server was busy, and so it was alone. */
  #isBusyAnyhow = false;

  constructor(private readonly options: FlowOptions) {
    this.#flow = options.flow ?? 'pipelined';
  }

  get flow(): Flow {
    return this.#flow;
  }

  /** A command was served; behind an unanswered one, it may be, or after it had waited so as not to stand there. */
  served(command: Pending): void {
    const { behind, spared } = command;
    const { onStood } = this.options;
    if (behind !== 'nothing' && !this.#proven.has(behind)) {
      this.#proven.add(behind);
      onStood?.({ kind: 'served', behind });
    }
    if (spared !== 'nothing') onStood?.({ kind: 'served alone', behind: spared, folder: folderOf(command) });
  }

  /** The line broke, and nobody here closed it. @param opened  when it was opened */
  broke({ places, folder, isQuiet }: PendingCommands, opened: number): void {
    const { onStood } = this.options;
    if (places.length > 0) onStood?.({ kind: 'lost', places, folder, opened });
    else if (!isQuiet) onStood?.({ kind: 'lost alone' });
  }

  /**
   * Nothing like it behind an unanswered EXAMINE or SELECT was ever served: a command there that is given up after its
   * whole patience may have been lost, also where the server serves others behind each other.
   */
  mayLoseBehind(behind: Behind): boolean {
    return behind.endsWith(' behind an opening') && this.#flow === 'pipelined' && !this.#proven.has(behind);
  }

  /**
   * A command behind an unanswered one was refused: whether it is worth asking again alone. Each yes is one of
   * few.
   */
  asksAgain({ name: command, behind }: Pick<Pending, 'name' | 'behind'>, { status, code, line }: Tagged): boolean {
    if (status === 'OK') return false;
    // Where others were served in that place, a NO is no matter of the place.
    const isProven = behind !== 'nothing' && this.#proven.has(behind);
    if (isBusy(line)) return !isProven && !this.#isBusyAnyhow;
    const isVague = !isProven && code === null && READS.has(command) && !SAYS_WHY.test(line);
    if (status === 'NO' && code !== OUR_FAULT && !isVague && !NOT_OPEN_YET.test(line)) return false;
    const kind = `${status} to ${command}`;
    const tries = this.#tries.get(kind) ?? 0;
    this.#tries.set(kind, tries + 1);
    return tries < TRIES;
  }

  /** Notes the result of asking again. */
  answeredAlone(how: AnsweredAlone): void {
    if (how === 'served') this.found();
    else this.#isBusyAnyhow = true;
  }

  /** Nothing behind an unanswered command was ever served: its silence may mean that it was lost. */
  get mayLose(): boolean {
    return this.#flow === 'pipelined' && this.#proven.size === 0;
  }

  found(): void {
    if (this.#flow === 'one at a time') return;
    this.#flow = 'one at a time';
    this.options.onOneAtATime?.();
  }
}

/** The server says that it is at another command. */
export function isBusy(line: string): boolean {
  return line.startsWith('NO') && BUSY.test(line);
}

/** A command that means the same whatever folder is open: it can be sent again at any time. */
export function isOfNoOpenFolder(name: string): boolean {
  return ANYWHERE.has(name);
}

const ANYWHERE: ReadonlySet<string> = new Set(['NAMESPACE', 'LIST', 'LSUB', 'STATUS', 'CREATE', 'SUBSCRIBE', 'APPEND']);

/** One of the commands with which every session begins: none of them takes a server long. */
export function isOfFirstFlight(name: string): boolean {
  return FIRST_FLIGHT.has(name);
}

const FIRST_FLIGHT: ReadonlySet<string> = new Set(['ID', 'NAMESPACE', 'LIST', 'LSUB', 'STATUS']);

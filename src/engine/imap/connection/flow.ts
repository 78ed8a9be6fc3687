import type { Flow } from '../../profiles/manners.js';
import type { Flights, StoodFate } from './flow-doubts.js';
import type { GiveUp } from './patience.js';
import { type Behind, folderOf, isOfFirstFlight, type Pending, type PendingCommands } from './pending.js';
import { LOST } from './silence-limits.js';
import type { Tagged } from './tagged.js';

/** The known flow of a server when a connection is opened, and listeners for what is found out. */
export interface FlowOptions {
  /** How many commands this server is sent at a time, as far as it is known; pipelined unless said. */
  readonly flow?: Flow;
  /** Whether its first commands were ever served behind each other; in doubt unless said. */
  readonly flights?: Flights;
  /** The server turned out to serve one command at a time. */
  readonly onOneAtATime?: () => void;
  /**
   * Told of commands that were sent behind unanswered ones, or alone instead: once a place, and when the connection
   * breaks.
   */
  readonly onStood?: (stood: StoodFate) => void;
}

export type AnsweredAlone = 'served' | 'refused';

/**
 * How often each command is asked again for a NO, and for a BAD. A command that is refused alone as well proves
 * nothing.
 */
const TRIES = 3;
/**
 * The code of a NO that says that the command is at fault (RFC 5530). Any other code names a wait or a refusal, and
 * asking again would bring the same.
 */
const OUR_FAULT = 'CLIENTBUG';
/** Commands that change nothing and are seldom refused. A NO without a code to one of these is worth asking again. */
const READS: ReadonlySet<string> = new Set(['UID FETCH', 'UID SEARCH']);
/** Words of a wait, a limit or a fault. These are obeyed at once, because asking again would only be too soon. */
const SAYS_WHY =
  /throttl|limit|\brate\b|again|later|wait|back-?off|exceed|too (?:many|much|large)|quota|unavailable|maintenance|tempor|fail|error|denied|permission/i;
/** A NO of a server that is busy with another command. */
const BUSY = /^NO \[INUSE\]|\b(?:one (?:command )?at a time|pipelin\w+)\b/i;
/** A NO of a server that has not opened the folder yet. */
const NOT_OPEN_YET =
  /\b(?:no|not an?) (?:mailbox|folder) (?:is |was |has been )?(?:selected|open)|\bnot (?:in )?selected\b|\b(?:wrong|invalid|bad|illegal|incorrect) (?:session |connection )?state\b|\bselect (?:a |the )?(?:mailbox|folder)\b|\bin progress\b/i;

/**
 * Finds out whether a server can be sent a command behind an unanswered one, as RFC 9051 section 5.5 allows. Some
 * servers refuse the second command, some lose it.
 */
export class FlowFinder {
  #flow: Flow;
  readonly #proven = new Set<Behind>();
  readonly #tries = new Map<string, number>();
  /** A command was refused as the server was busy, although it was alone. */
  #isBusyAnyhow = false;
  /** A first command had no answer for long, although it was alone. */
  #isSlow = false;

  constructor(private readonly options: FlowOptions) {
    this.#flow = options.flow ?? 'pipelined';
  }

  get flow(): Flow {
    return this.#flow;
  }

  /** A command was served: behind an unanswered one, or after it had waited to be alone. */
  served(command: Pending): void {
    const { behind, spared } = command;
    const { onStood } = this.options;
    if (behind !== 'nothing' && !this.#proven.has(behind)) {
      this.#proven.add(behind);
      onStood?.({ kind: 'served', behind });
    }
    const { name } = command;
    if (spared !== 'nothing' || (this.#flow === 'one at a time' && isOfFirstFlight(name)))
      onStood?.({ kind: 'served alone', name, behind: spared, folder: folderOf(command) });
  }

  /** The connection broke, and nobody here closed it.  @param opened  when it was opened */
  broke({ places, folder, isQuiet }: PendingCommands, opened: number): void {
    const { onStood } = this.options;
    if (places.length > 0) onStood?.({ kind: 'lost', places, folder, opened });
    else if (!isQuiet) onStood?.({ kind: 'lost alone' });
  }

  /** Hears that the oldest command has had no answer for so many milliseconds. */
  quiet({ name, isBegun }: Pending, quietFor: number): void {
    if (this.#flow === 'pipelined' || this.#isSlow || isBegun || quietFor < LOST || !isOfFirstFlight(name)) return;
    this.#isSlow = true;
    this.options.onStood?.({ kind: 'slow alone' });
  }

  /** Whether a connection that is given up has lost its oldest command, or may have. The next one finds out. */
  isLoss(gaveUp: GiveUp, { behind, isBegun }: Pending, pending: PendingCommands): boolean {
    if (gaveUp === 'lost') {
      const names = [...pending.values()].filter((each) => each.sentAt !== null && each.behind !== 'nothing');
      this.options.onStood?.({ kind: 'unanswered', names: names.map(({ name }) => name).filter(isOfFirstFlight) });
      return true;
    }
    if (gaveUp !== 'silent' || isBegun || !this.#mayLoseBehind(behind)) return false;
    this.found();
    return true;
  }

  /**
   * Whether the server may lose a command in this place: nothing like it behind an unanswered EXAMINE or SELECT was
   * ever served. It may, even where it serves other commands behind each other.
   */
  #mayLoseBehind(behind: Behind): boolean {
    return behind.endsWith(' behind an opening') && this.#flow === 'pipelined' && !this.#proven.has(behind);
  }

  /** A command behind an unanswered one was refused.  @returns whether it is worth asking again alone; few times are */
  asksAgain({ name: command, behind }: Pick<Pending, 'name' | 'behind'>, { status, code, line }: Tagged): boolean {
    if (status === 'OK') return false;
    // Where other commands were served in that place, a NO is not about the place.
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

  /**
   * Whether a silence may mean that this command was lost: it is one of a session's first, behind an unanswered one, and
   * nothing was ever served so.
   */
  mayLose({ name, behind }: Pending): boolean {
    if (behind === 'nothing' || !isOfFirstFlight(name) || this.options.flights === 'served') return false;
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

/** Whether a command means the same whatever folder is open. It can be sent again at any time. */
export function isOfNoOpenFolder(name: string): boolean {
  return ANYWHERE.has(name);
}

const ANYWHERE: ReadonlySet<string> = new Set(['NAMESPACE', 'LIST', 'LSUB', 'STATUS', 'CREATE', 'SUBSCRIBE', 'APPEND']);

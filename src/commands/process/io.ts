import type { Probed } from '../../engine/login/probe.js';
import type { StartEngine } from '../../engine/running-engine.js';
import type { Batch, Endpoint } from '../../store/batch/batch.js';
import type { Clock, Random } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import type { Consoles } from './consoles.js';
import type { LoginFacts } from './kill-user-processes.js';

/** Where text goes. Resolves when the system took it; rejects with {@link OutputClosed} when nobody reads any more. */
export interface Output {
  readonly isTerminal: boolean;
  /** Columns of the terminal; null where it is none. */
  readonly width: number | null;
  write(text: string): Promise<void>;
}

export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGHUP';

/** A process of our own that outlives this one. */
export interface Detached {
  readonly pid: number;
  /** Resolves when the process has ended, if this one is still there. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

export interface DetachedStart {
  /** Arguments to this program. */
  readonly argv: readonly string[];
  /** Its standard input. */
  readonly input: string;
  /** File that takes its error output. */
  readonly log: string;
  /** Words before the command: `systemd-run --user --scope`. */
  readonly within: readonly string[];
}

/** The surroundings of a console: an engine that outlives it, and the screen. */
export interface Launcher {
  /** Starts this program again, in a session of its own, with nothing of this terminal and this environment. */
  startDetached(start: DetachedStart): Promise<Detached>;
  /** The facts that decide whether such a process survives a logout. */
  loginFacts(): Promise<LoginFacts>;
  /** Loads the consoles, for commands that draw one. */
  loadConsoles(): Promise<Consoles>;
}

/** Results. */
export interface Stdout {
  readonly out: Output;
}

/** Complaints, notes and progress. */
export interface Stderr {
  readonly err: Output;
}

export interface Stdin {
  /** Standard input, line by line. */
  stdinLines(): AsyncIterable<string>;
  readonly stdinIsTerminal: boolean;
}

/** Questions to the operator. Null where there is no terminal to ask. */
export interface Prompts {
  readonly askHidden: ((question: string) => Promise<string>) | null;
  /** Asks a question that is answered by yes or no. */
  readonly confirm: ((question: string) => Promise<boolean>) | null;
}

/** The user, the folders and the variables that the program was started with. */
export interface Environment {
  /** The variables. Passwords are taken out once they are read. */
  readonly env: Record<string, string | undefined>;
  readonly cwd: string;
  readonly home: string;
  readonly tmp: string;
  readonly uid: number;
}

export interface Version {
  readonly version: string;
}

export interface Timing {
  readonly clock: Clock;
  /** IANA name of the zone that the operator's clock is in: `Europe/Berlin`. */
  readonly zone: string;
  readonly random: Random;
}

export interface Signals {
  /** @returns how to stop listening */
  onSignal(signal: Signal, listener: () => void): () => void;
}

export interface Servers {
  /**
   * Looks whether a server can be reached, without a login.
   *
   * @param then  `keep`: an engine in this process goes on with the connection
   * @throws BadInput  where the file of an authority cannot be read
   */
  probe(side: Side, endpoint: Endpoint, then: 'keep' | 'leave'): Promise<Probed>;
}

/** An engine in this process. */
export interface Engines {
  /**
   * Loads the engine, for commands that run one.
   *
   * @param batch  the batch whose servers it connects to at once; null: none yet
   */
  loadEngine(batch: Batch | null): Promise<StartEngine>;
}

/** An engine in a process of its own, and a console on it. */
export interface Launching {
  /** Null: no console can be drawn, whatever the terminal is, and lines are printed. */
  readonly launcher: Launcher | null;
}

/**
 * All ports to the world. They are passed in, so that a whole command runs inside a test. A command gets them all;
 * a function that it calls takes the ports it needs, unless it needs more than five.
 */
export interface Io
  extends Stdout,
    Stderr,
    Stdin,
    Prompts,
    Environment,
    Version,
    Timing,
    Signals,
    Servers,
    Engines,
    Launching {}

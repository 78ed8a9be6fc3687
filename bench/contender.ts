import type { Line } from './line.js';
import type { BenchServers } from './servers.js';

/** One copy to be made: a filled source account into a new destination account. */
export interface Task {
  readonly servers: BenchServers;
  readonly line: Line;
  readonly sourceUser: string;
  readonly destinationUser: string;
  readonly password: string;
  /** An empty folder for whatever the tool keeps. */
  readonly state: string;
}

/** A program to be run and timed. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A tool that copies a mailbox. */
export interface Contender {
  readonly name: string;
  /** `few`: it waits for every message, so that a far line is timed with a few of them and rates are compared. */
  readonly overDistance: 'all' | 'few';
  /** Null where it cannot be had here. */
  readonly missing: string | null;
  command(task: Task): Promise<Command>;
}

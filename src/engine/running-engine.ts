import type { TakeCommand } from '../protocol/commands.js';
import type { Status } from '../protocol/entities.js';
import type { EngineEvent } from '../protocol/events.js';
import type { Batch } from '../store/batch/batch.js';
import type { BatchStore } from '../store/batch/batch-store.js';
import type { Workspace } from '../store/batch/workspace.js';
import type { Clock, Random } from '../words/clock.js';
import type { Credentials } from './imap/session/credentials.js';
import type { NoticeWishes } from './notices/notifier.js';

/** Everything that an engine works with. It reads no argument and no environment. */
export interface EngineParts {
  /** The batch as it runs now: as stored, but for what this run's command line changed. */
  readonly batch: Batch;
  readonly store: BatchStore;
  readonly workspace: Workspace;
  readonly credentials: Credentials;
  readonly clock: Clock;
  readonly random: Random;
  /** Opened to be looked at: no mailbox starts before an operator says so. */
  readonly atRest?: boolean;
  /** How the operator is told of what happens while nobody looks; none: nobody is told. */
  readonly notices?: NoticeWishes | null;
}

/** A batch at work: it publishes events and takes commands, in one process or over the socket. */
export interface RunningEngine {
  /** @returns how to stop listening */
  onEvent(listener: (event: EngineEvent) => void): () => void;
  /** Works until all is settled or it was stopped. @returns the program's exit code */
  run(): Promise<number>;
  readonly command: TakeCommand;
  status(): Status;
  /**
   * Somebody is there who can answer: while they are, the batch does not end on mailboxes that are held.
   *
   * @returns to be called when they have gone
   */
  attend(): () => void;
}

export type StartEngine = (parts: EngineParts) => RunningEngine;

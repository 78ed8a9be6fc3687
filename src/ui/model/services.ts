import type { EngineClient } from '../../protocol/client.js';
import type { TakeCommand } from '../../protocol/commands.js';

/** Services of a console besides its engine. Passed in: the console knows no files. */
export interface ConsoleServices {
  /** How the operator is called beside a decision. */
  readonly operator: string;
  /** The batch as it is typed after a command; null: no command can reach it. */
  readonly typed: string | null;
  /** A path as it was typed, from the root on: the engine stands in another folder. `~` is the operator's home. */
  wholePath(typed: string): string;
  /**
   * Writes a text into a new file where the operator finds it.
   *
   * @param name  safe as a file name, with its ending: `school-2026-log.txt`
   */
  save(name: string, text: string): Promise<Saved>;
  /** The plan that the batch was made from; null: it was made without one. */
  readonly planPath: string | null;
  /**
   * Reads rows of a plan again and hands users and passwords to the engine: mailboxes that were corrected go on by them.
   *
   * @param path       as it was typed
   * @param mailboxes  their ids
   */
  planAgain(path: string, mailboxes: readonly string[]): Promise<PlanReadAgain>;
  /** Answers for an engine that has come to its end, as far as the files can. */
  readonly afterTheEnd: TakeCommand;
  /** The engine that somebody else has started after ours died; null: none runs. */
  rejoin(): Promise<EngineClient | null>;
  /** Starts the engine again after it died; the old client is of no use then. */
  restart(): Promise<Restarted>;
}

export type Saved = { readonly ok: true; readonly path: string } | { readonly ok: false; readonly why: string };
/** How many mailboxes log in by a password, or by users, that the plan has now. */
export type PlanReadAgain =
  | { readonly ok: true; readonly passwords: number; readonly users: number }
  | { readonly ok: false; readonly why: string };
export type Restarted =
  | { readonly ok: true; readonly client: EngineClient }
  | { readonly ok: false; readonly why: string };

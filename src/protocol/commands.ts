import type { Correction } from '../words/correction.js';
import type { ActionRequest, Selection } from '../words/decision.js';
import type { Side } from '../words/side.js';
import type { Kind } from '../words/verdict.js';
import type { DecisionEntity, DecisionPreview, ErrorGroupEntity, MessageLook, Morning } from './answers.js';
import type { Status } from './entities.js';
import type { LogLine } from './events.js';

export type EngineCommand =
  | { readonly do: 'status' }
  /** Stop the whole batch or one mailbox: `drain` ends what is in flight, `now` drops the lines. */
  | { readonly do: 'stop'; readonly how: 'drain' | 'now'; readonly mailbox: string | null }
  /** What is in flight is settled and the lines are closed, until `continue`. Null: the whole batch. */
  | { readonly do: 'pause'; readonly mailbox: string | null }
  | { readonly do: 'continue'; readonly mailbox: string | null }
  /** Starts a waiting or resting mailbox now; one that is held tries again. */
  | { readonly do: 'start'; readonly mailbox: string }
  | { readonly do: 'postpone'; readonly mailbox: string; readonly seconds: number }
  | { readonly do: 'stagger'; readonly min: number; readonly max: number }
  | { readonly do: 'concurrency'; readonly most: number }
  | { readonly do: 'window'; readonly window: { readonly from: number; readonly to: number } | null }
  /**
   * Answers a mailbox that asks for a password; it logs in with it at once. One login for many mailboxes is
   * answered for all of them. Kept in the engine's memory only: no log, no event and no other console gets it.
   */
  | { readonly do: 'password'; readonly mailbox: string; readonly side: Side; readonly secret: string }
  /** Groups of what is open, of what was skipped, and notes. Filter as in {@link Selection}. */
  | {
      readonly do: 'errors';
      readonly mailbox: string | null;
      readonly filter?: string;
      readonly by?: 'code' | 'kind';
      /** As in {@link Selection}. */
      readonly entries?: readonly string[] | null;
      readonly uids?: string | null;
    }
  /** What an order would do; it is kept for `decide`. */
  | { readonly do: 'preview'; readonly action: ActionRequest; readonly selection: Selection }
  /** Does what was previewed. @param by  who decides, as they call themselves */
  | { readonly do: 'decide'; readonly preview: string; readonly by: string }
  | { readonly do: 'undo'; readonly decision: number; readonly by: string }
  | { readonly do: 'decisions' }
  /** Reads responses like that of this entry as of another kind, from now on. */
  | { readonly do: 'correct'; readonly entry: string; readonly kind: Kind; readonly by: string }
  | { readonly do: 'uncorrect'; readonly id: string; readonly by: string }
  /** Looks at one message at the source. Shown to this console only, never kept. */
  | { readonly do: 'message'; readonly mailbox: string; readonly folder: string; readonly uid: number }
  /** Writes one message into a file of the machine that the engine runs on; an existing file is refused. */
  | {
      readonly do: 'save-message';
      readonly mailbox: string;
      readonly folder: string;
      readonly uid: number;
      readonly path: string;
    }
  /** Writes what is selected into a file; an existing one is refused. */
  | { readonly do: 'export'; readonly selection: Selection; readonly format: 'csv' | 'json'; readonly path: string }
  /** What happened since an operator last looked. */
  | { readonly do: 'morning' }
  /** An operator has looked. */
  | { readonly do: 'looked'; readonly by: string }
  /** The last lines of the log, oldest first. */
  | { readonly do: 'log'; readonly lines: number };

export type EngineAnswer =
  | {
      readonly ok: true;
      readonly status?: Status;
      readonly errors?: readonly ErrorGroupEntity[];
      readonly preview?: DecisionPreview;
      readonly decision?: DecisionEntity;
      readonly decisions?: readonly DecisionEntity[];
      readonly corrections?: readonly Correction[];
      readonly message?: MessageLook;
      /** What was written, for `save-message` and `export`. */
      readonly saved?: { readonly path: string; readonly bytes: number; readonly rows: number };
      readonly morning?: Morning;
      readonly log?: readonly LogLine[];
    }
  | { readonly ok: false; readonly why: string };

import type { Access, EngineClient } from '../../protocol/client.js';
import type { ConsoleServices } from '../../ui/model/services.js';
import type { CheckServices } from '../../ui/screens/check/services.js';
import type { StartChoice, StartServices } from '../../ui/screens/start/services.js';
import type { ConsoleMode } from '../../ui/terminal/mode.js';

export type DrawnMode = Extract<ConsoleMode, { kind: 'console' }>;

/** A console to be opened on a batch at work. */
export interface BatchConsoleParts {
  readonly client: EngineClient;
  readonly access: Access;
  readonly services: ConsoleServices;
  readonly mode: DrawnMode;
  /** The text to print when the operator has left the screen: whole lines. */
  readonly farewell: () => string;
}

/** The consoles, loaded only when one is opened: React and Ink take longer to load than all else. */
export interface Consoles {
  /** @returns 0 when the operator left, 128 and a signal's number, 1 after a bug (printed) */
  onBatch(parts: BatchConsoleParts): Promise<number>;
  /** A check while it goes on. @returns as onBatch */
  check(parts: { readonly services: CheckServices; readonly mode: DrawnMode }): Promise<number>;
  /** Batches, and a form to move one mailbox. */
  start(parts: {
    readonly services: StartServices;
    readonly mode: DrawnMode;
    readonly access: Access;
  }): Promise<StartChoice>;
}

import type { MakeCommand } from './command-parts.js';

export interface CatalogueEntry {
  readonly name: string;
  readonly summary: string;
  /** Not listed: nobody types it. */
  readonly hidden?: true;
  /** Loaded only when the command is asked for: `move` does not wait for what `explain` needs. */
  load(): Promise<{ makeCommand: MakeCommand }>;
}

/** The commands, in the order in which `--help` lists them. */
export const CATALOGUE: readonly CatalogueEntry[] = [
  { name: 'move', summary: 'move one mailbox, now', load: () => import('./move.js') },
  { name: 'run', summary: 'move the mailboxes of a plan', load: () => import('./run.js') },
  { name: 'resume', summary: 'go on with a batch', load: () => import('./resume.js') },
  { name: 'attach', summary: 'open the console on a running batch', load: () => import('./attach.js') },
  { name: 'status', summary: 'list batches, or one batch with its mailboxes', load: () => import('./status.js') },
  { name: 'errors', summary: 'what failed, by response code', load: () => import('./errors.js') },
  { name: 'pause', summary: 'pause a running batch or one of its mailboxes', load: () => import('./pause.js') },
  { name: 'continue', summary: 'let a paused batch or mailbox go on', load: () => import('./continue.js') },
  { name: 'stop', summary: 'stop a running batch or one of its mailboxes', load: () => import('./stop.js') },
  { name: 'delete', summary: 'forget a batch', load: () => import('./delete.js') },
  { name: 'explain', summary: 'what a server response means', load: () => import('./explain.js') },
  { name: 'engine', summary: 'the engine, as a console starts it', hidden: true, load: () => import('./engine.js') },
];

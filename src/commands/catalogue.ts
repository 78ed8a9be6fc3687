import type { MakeCommand } from './process/command-parts.js';

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
  { name: 'check', summary: 'find before the night what would fail in it', load: () => import('./check/check.js') },
  { name: 'rehearse', summary: 'play the night: what is done by when', load: () => import('./rehearse/rehearse.js') },
  { name: 'run', summary: 'move the mailboxes of a plan', load: () => import('./run.js') },
  { name: 'resume', summary: 'go on with a batch', load: () => import('./resume.js') },
  { name: 'attach', summary: 'open the console on a batch', load: () => import('./attach.js') },
  { name: 'status', summary: 'list batches, or one batch with its mailboxes', load: () => import('./status.js') },
  { name: 'errors', summary: 'what failed, by response code', load: () => import('./triage/errors.js') },
  { name: 'retry', summary: 'try failed messages again', load: () => import('./triage/retry.js') },
  { name: 'skip', summary: 'leave failed messages out', load: () => import('./triage/skip.js') },
  { name: 'backoff', summary: 'let what fails rest longer', load: () => import('./triage/backoff.js') },
  { name: 'release', summary: 'end the hold of mailboxes', load: () => import('./triage/release.js') },
  { name: 'password', summary: 'give a mailbox of a running batch its password', load: () => import('./password.js') },
  { name: 'quarantine', summary: 'move second copies of messages away', load: () => import('./triage/quarantine.js') },
  { name: 'give-up', summary: 'give mailboxes up, with a reason', load: () => import('./triage/give-up.js') },
  { name: 'decisions', summary: 'what was decided, and what came of it', load: () => import('./triage/decisions.js') },
  { name: 'undo', summary: 'take a decision back', load: () => import('./triage/undo.js') },
  { name: 'correct', summary: 'say what responses mean', load: () => import('./triage/correct.js') },
  { name: 'pause', summary: 'pause a running batch or one of its mailboxes', load: () => import('./pause.js') },
  { name: 'continue', summary: 'let a paused batch or mailbox go on', load: () => import('./continue.js') },
  { name: 'stop', summary: 'stop a running batch or one of its mailboxes', load: () => import('./stop.js') },
  { name: 'delete', summary: 'forget a batch', load: () => import('./delete.js') },
  { name: 'explain', summary: 'what a server response means', load: () => import('./explain.js') },
  { name: 'login', summary: 'sign in once, so that batches get access tokens', load: () => import('./login.js') },
  { name: 'config', summary: 'look after nightferry.toml', load: () => import('./config/config.js') },
  { name: 'profile', summary: 'what is known of providers and servers', load: () => import('./profile.js') },
  { name: 'notify', summary: 'send a test notice', load: () => import('./notify.js') },
  { name: 'engine', summary: 'the engine, as a console starts it', hidden: true, load: () => import('./engine.js') },
];

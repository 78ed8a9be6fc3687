import { loadImapflow } from './imap/session/session.js';
import { loadMessageHeader } from './look/look-at-message.js';
import { loadRehearsal } from './rehearsal/rehearsal-desk.js';

/**
 * Loads what an engine can do without until its mailboxes are shown. It does not wait for the first use: that may be
 * hours later, when the package was replaced by a newer one and the file is no longer there.
 */
export function loadTheRest(): void {
  // A module that cannot be loaded is reported when it is needed.
  for (const load of [loadImapflow, loadMessageHeader, loadRehearsal]) load().catch(() => undefined);
}

import { leftInAll } from '../../engine/account/left-by-folder.js';
import { type DeskPort, TriageDesk } from '../../engine/triage/desk.js';
import { givenUpBy } from '../../engine/triage/give-up.js';
import type { BatchStore } from '../../store/batch/batch-store.js';
import { followDecisions } from '../../store/decisions/follow-decisions.js';
import type { Clock } from '../../words/clock.js';
import { reasonText } from '../../words/reason-text.js';
import type { BatchFiles } from './batch-files.js';

/**
 * The desk of a batch that no engine runs. A decision is one write of one document, whole or not at all; the
 * mailboxes' documents are left alone, the next engine brings them up to it.
 *
 * @param files  those of the store; they follow what is decided here, in memory
 */
export function deskOnFiles(store: BatchStore, files: BatchFiles, clock: Clock): TriageDesk {
  return new TriageDesk(portTo(store, files, clock));
}

function portTo({ log, batch }: BatchStore, { decisions, records, ledgers }: BatchFiles, clock: Clock): DeskPort {
  return {
    decisions,
    clock,
    ledgers: () => ledgers.map((one) => ({ ...one, isGivenUp: givenUpBy(decisions.all, one.id) !== null })),
    mailboxes: () => batch.mailboxes,
    errorsOf: (mailbox) => records.get(mailbox)?.errors,
    standings: () =>
      ledgers.flatMap(({ id, email }) => {
        const data = records.get(id)?.data;
        if (!data) return [];
        const named = (folder: string) => data.folders.filter(({ source }) => source === folder);
        return {
          id,
          email,
          held: data.state.kind === 'held' ? reasonText(data.state.because) : null,
          uidValidity: (folder) => named(folder)[0]?.uidValidity ?? null,
          leftIn: (folder) => named(folder).reduce((sum, { counts }) => sum + counts.left, 0),
          left: () => leftInAll(data.folders),
        };
      }),
    follow(mailbox) {
      const record = records.get(mailbox);
      if (record) followDecisions(record, decisions.all);
    },
    async say(level, text) {
      log.append({ type: 'log', at: clock.now(), level, mailbox: null, side: null, folder: null, text });
      await log.close().catch(() => undefined);
    },
    hands: null,
  };
}

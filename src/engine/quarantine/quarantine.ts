import type { Batch } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type { Decisions } from '../../store/decisions/decisions.js';
import type { Decision, DecisionPart, MovedAway } from '../../store/decisions/decisions-document.js';
import { readFailure } from '../mailbox/read-failure.js';
import { type DestinationDialling, MailboxAtDestination } from './mailbox-at-destination.js';
import { type MoveAway, type MoveJournal, moveAway } from './move-away.js';
import type { FolderOfDoubles } from './selected.js';
import { settleBroken } from './settle-broken.js';

/** Everything that a quarantine works with. The caller holds the engine's lock. */
export interface Quarantining extends DestinationDialling {
  readonly batch: Batch;
  readonly workspace: Pick<Workspace, 'lockDestination' | 'lockMark'>;
  readonly decisions: Decisions;
  readonly by: string;
}

/** How it ended for one folder. */
export type Outcome = { readonly folder: FolderOfDoubles } & (
  | ({ readonly kind: 'moved' } & MoveAway)
  | { readonly kind: 'failed'; readonly why: string }
);

/**
 * Moves second copies away, folder after folder, by one decision. It is on the disk before anything is moved, with
 * what each command is about to move and then what it moved; then the entry in the error ledger shrinks or closes.
 *
 * @param to    the other folder, as operators write it
 * @param tell  called as soon as a folder is done
 */
export async function quarantine(
  world: Quarantining,
  folders: readonly FolderOfDoubles[],
  to: string,
  tell: (outcome: Outcome) => Promise<void>,
): Promise<{ readonly decision: Decision; readonly outcomes: readonly Outcome[] }> {
  const { decisions, by, clock } = world;
  const { id } = await decisions.add({
    at: clock.now(),
    by,
    about: 'messages that stand twice',
    action: { do: 'quarantine', to, moved: [] },
    scope: folders.map(partOf),
  });
  const outcomes: Outcome[] = [];
  for (const row of new Set(folders.map((folder) => folder.row))) {
    const ofRow = folders.filter((folder) => folder.row === row);
    let mailbox: MailboxAtDestination | null = null;
    try {
      mailbox = await MailboxAtDestination.take(world, row);
      await settleBroken(mailbox, decisions, row.id);
      const wire = await mailbox.make(to);
      for (const folder of ofRow) {
        const part = folders.indexOf(folder);
        const journal: MoveJournal = {
          begins: (moved) => write(decisions, id, (before) => [...before, { part, ...moved }]),
          moved: (moved) => write(decisions, id, (before) => [...before.slice(0, -1), { part, ...moved }]),
        };
        await ended({ kind: 'moved', folder, ...(await moveAway(mailbox, folder, wire, journal)) });
      }
    } catch (error) {
      const failure = readFailure(error);
      if (!failure) throw error;
      for (const folder of ofRow)
        if (!outcomes.some((one) => one.folder === folder))
          await ended({ kind: 'failed', folder, why: `${failure.command}: ${failure.response}` });
    } finally {
      await mailbox?.leave();
    }
  }
  return { decision: decisions.find(id)!, outcomes };

  async function ended(outcome: Outcome): Promise<void> {
    outcomes.push(outcome);
    const { record, source, doubles } = outcome.folder;
    if (outcome.kind === 'moved') {
      record.errors.clearDoubles(source, doubles.uidValidity, outcome.moved.union(outcome.over));
      await record.write();
      const part = folders.indexOf(outcome.folder);
      await change(decisions, id, (decision) => ({
        ...decision,
        scope: decision.scope.map((one, at) => (at === part ? { ...one, state: 'done' as const } : one)),
      }));
    }
    await tell(outcome);
  }
}

function partOf({ row, source, entry }: FolderOfDoubles): DecisionPart {
  return { mailbox: row.id, folder: source, uidValidity: null, uids: '', entry, state: 'taken' };
}

function write(
  decisions: Decisions,
  id: number,
  how: (moved: readonly MovedAway[]) => readonly MovedAway[],
): Promise<void> {
  return change(decisions, id, (decision) => {
    const { action } = decision;
    if (action.do !== 'quarantine') return decision;
    return { ...decision, action: { ...action, moved: [...how(action.moved)] } };
  });
}

async function change(decisions: Decisions, id: number, how: (decision: Decision) => Decision): Promise<void> {
  const decision = decisions.find(id);
  if (!decision) throw new Error(`unreachable: decision ${id} was made here`);
  decisions.replace(how(decision));
  await decisions.save();
}

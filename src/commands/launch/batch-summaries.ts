import type { MailboxEntity, Status } from '../../protocol/entities.js';
import { NO_COUNTS } from '../../protocol/entities.js';
import type { Workspace } from '../../store/batch/workspace.js';
import type { BatchSummary } from '../../ui/screens/start/services.js';
import { BadInput } from '../../words/bad-input.js';
import { readStatus } from '../desk/read-status.js';
import type { Timing, Version } from '../process/io.js';

/** The batches of a workspace and how each stands: from its engine, else from its files. */
export async function summariseBatches(workspace: Workspace, io: Version & Timing): Promise<BatchSummary[]> {
  const summaries: BatchSummary[] = [];
  for (const name of await workspace.list()) summaries.push(await summarise(workspace, name, io));
  return summaries;
}

async function summarise(workspace: Workspace, name: string, io: Version & Timing): Promise<BatchSummary> {
  try {
    return summaryOf(await readStatus(await workspace.open(name), io));
  } catch (error) {
    // A batch that cannot be read must not hide the others.
    if (!(error instanceof BadInput)) throw error;
    return {
      name,
      state: 'unreadable',
      why: error.message,
      mailboxes: 0,
      byState: {},
      needs: 0,
      counts: NO_COUNTS,
      expected: 0,
      errors: 0,
      eta: null,
      lastAt: null,
    };
  }
}

export function summaryOf({ batch, mailboxes }: Status): BatchSummary {
  const { name, state, byState, needs, counts, expected, errors, eta } = batch;
  return {
    name,
    state,
    why: '',
    mailboxes: batch.mailboxes,
    byState,
    needs,
    counts,
    expected,
    errors,
    eta,
    lastAt: lastOf(mailboxes),
  };
}

function lastOf(mailboxes: readonly MailboxEntity[]): number | null {
  let last: number | null = null;
  for (const { startedAt, endedAt, lastResponse } of mailboxes) {
    for (const at of [startedAt, endedAt, lastResponse?.at]) if (at && at > (last ?? 0)) last = at;
  }
  return last;
}

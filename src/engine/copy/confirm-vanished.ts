import { confirmAbsent } from './confirm-absent.js';
import { failMessages } from './fail-messages.js';
import { sourceKeepsBack } from './findings.js';
import type { CopyContext, FolderJob } from './job.js';

/**
 * Asks once more for messages that were listed and then called gone: a message that vanishes is settled and never
 * tried again, so one wrong answer would lose it in silence.
 *
 * @throws Refused, LineLost
 */
export async function confirmVanished(context: CopyContext, job: FolderJob): Promise<void> {
  const { ledger, pair, progress } = job;
  const vanished = ledger.vanished.intersect(job.listed.listed);
  const absent = await confirmAbsent(context.lines.source.scan, pair.source.wire, vanished);
  const there = vanished.minus(absent);
  if (there.isEmpty) return;
  ledger.unsettle(there);
  progress.vanished(-there.size);
  failMessages(context, job, there, { side: 'source', command: 'UID FETCH', ...sourceKeepsBack });
}

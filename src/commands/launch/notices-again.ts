import type { BatchStore } from '../../store/batch/batch-store.js';
import { BadInput } from '../../words/bad-input.js';
import { missingUrl, type NoticesGiven, type NoticesOfRun, noticesFor } from '../input/notices/notice-options.js';
import type { Stderr } from '../process/io.js';
import { note } from '../process/note.js';

/**
 * How a run tells its operator, with what the batch keeps of it. A URL that was not given again is said, and keeps
 * nothing from running.
 *
 * @param store  null: a batch that is new
 */
export async function noticesAgain(
  given: NoticesGiven,
  store: BatchStore | null,
  io: Stderr,
): Promise<NoticesOfRun | null> {
  const kept = await keptBy(store, io);
  const notices = noticesFor(given, kept);
  const missing = missingUrl(notices);
  if (missing !== null) await note(missing, io);
  return notices;
}

async function keptBy(store: BatchStore | null, io: Stderr) {
  try {
    const wanted = (await store?.notices())?.wanted ?? null;
    return wanted?.command || wanted?.urls.length ? wanted : null;
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    await note(error.message, io);
    return null;
  }
}

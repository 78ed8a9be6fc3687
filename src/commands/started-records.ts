import type { BatchStore } from '../store/batch-store.js';
import { inParallel } from '../store/in-parallel.js';
import type { MailboxRecord } from '../store/mailbox.js';

/** Documents that are read side by side: more only wait for each other. */
const OPENED_AT_ONCE = 16;

/** The records of the mailboxes that were started, by id, in the order of the plan. */
export async function startedRecords(store: BatchStore): Promise<Map<string, MailboxRecord>> {
  const ids = await store.knownMailboxes();
  return new Map(await inParallel(ids, OPENED_AT_ONCE, async (id) => [id, await store.mailbox(id)] as const));
}

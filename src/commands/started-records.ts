import type { BatchStore } from '../store/batch-store.js';
import type { MailboxRecord } from '../store/mailbox.js';

/** The records of the mailboxes that were started, by id. */
export async function startedRecords(store: BatchStore): Promise<Map<string, MailboxRecord>> {
  const records = new Map<string, MailboxRecord>();
  for (const id of await store.knownMailboxes()) records.set(id, await store.mailbox(id));
  return records;
}

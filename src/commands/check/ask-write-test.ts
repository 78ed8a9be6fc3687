import type { WriteTest } from '../../engine/check/write-test/write-tests.js';
import type { Batch } from '../../store/batch/batch.js';
import { endpointAt, endpointKeys } from '../../store/batch/endpoints.js';
import { BadInput } from '../../words/bad-input.js';
import { plural } from '../../words/units.js';
import type { Prompts, Stderr } from '../process/io.js';

/** Says what a write test does, and asks. @throws BadInput  where there is nobody to ask */
export async function isWriteMeant(
  batch: Batch,
  where: Exclude<WriteTest, 'none'>,
  io: Stderr & Prompts,
): Promise<boolean> {
  const text = intention(batch, where);
  if (io.confirm === null) throw new BadInput(`check: ${text}. Give --yes to have that done`);
  await io.err.write(`${text}.\n`);
  return await io.confirm('Write and remove that message?');
}

function intention(batch: Batch, where: Exclude<WriteTest, 'none'>): string {
  const hosts = endpointKeys(batch, 'destination').map((key) => endpointAt(batch, 'destination', key).host);
  const places =
    where === 'each mailbox'
      ? `each of ${plural(batch.mailboxes.length, 'mailbox', 'mailboxes')}`
      : `one mailbox at ${[...new Set(hosts)].join(', and one at ')}`;
  return `the write test makes a folder nightferry-write-test-… in ${places}, writes one small message into it, reads that back, and removes both; nothing else is touched`;
}

import { BATCH_VERSION, type Batch } from '../../../src/store/batch/batch.js';
import { anEndpoint, batchOptions } from '../../support/batch/plain-batch.js';

const ENDPOINT = anEndpoint({ host: 'mail.example' });

export function batch(name: string, ids: readonly string[] = ['ann', 'bob']): Batch {
  return {
    version: BATCH_VERSION,
    name,
    createdAt: 1,
    source: ENDPOINT,
    destination: ENDPOINT,
    others: { source: {}, destination: {} },
    options: batchOptions({ memory: 1, concurrency: 1, look: 'ahead' }),
    planPath: null,
    mailboxes: ids.map((id, i) => ({
      id,
      email: `${id}@x.example`,
      sourceUser: id,
      destinationUser: id,
      userRoot: null,
      own: null,
      at: null,
      wave: null,
      row: i + 2,
    })),
  };
}

import { BATCH_VERSION, type Batch, type Endpoint } from '../../../src/store/batch/batch.js';
import { NO_LIMITS } from '../../../src/store/batch/limits.js';

const ENDPOINT: Endpoint = {
  host: 'mail.example',
  port: 993,
  security: 'tls',
  user: null,
  login: null,
  authzid: false,
  passwordCommand: null,
  tokenCommand: null,
  oauth: null,
  ca: null,
  fingerprint: null,
  preauth: false,
  limits: NO_LIMITS,
};

export function batch(name: string, ids: readonly string[] = ['ann', 'bob']): Batch {
  return {
    version: BATCH_VERSION,
    name,
    createdAt: 1,
    source: ENDPOINT,
    destination: ENDPOINT,
    others: { source: {}, destination: {} },
    options: {
      include: [],
      exclude: [],
      map: [],
      folderPrefix: null,
      includeShared: false,
      deleted: 'carry',
      dates: 'internal',
      labels: null,
      since: null,
      until: null,
      order: 'plan',
      wave: null,
      maxSize: null,
      memory: 1,
      stagger: { min: 0, max: 0 },
      concurrency: 1,
      look: 'ahead',
      window: null,
    },
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

import { dirname } from 'node:path';
import type { Secret } from '../../../engine/imap/session/credentials.js';
import type { Environment, Timing } from '../../process/io.js';
import { readFirstLine, type SecretSource, sourceOf } from '../credentials/secret-source.js';
import { mailServer, mailUrl } from '../notices/mail-server.js';
import { MAIL_PASSWORD, WEBHOOK } from './config-schema.js';
import type { Config } from './read-config.js';

type World = Pick<Environment, 'env'> & Pick<Timing, 'clock'>;

/** The URL of notices, and the key that names its place. */
export interface Webhook {
  readonly url: string;
  readonly key: string;
}

/**
 * Reads the URL of notices where the configuration says that it is. A variable leaves the environment, so that no child
 * process sees it.
 *
 * @returns null: none is named @throws BadInput  where it cannot be got
 */
export async function readWebhook({ file, written }: Config, io: World): Promise<Webhook | null> {
  const { mail, ...notify } = written.notify ?? {};
  const source = sourceOf(notify, WEBHOOK, dirname(file));
  if (source !== null) {
    const key = `${file}: [notify] ${source.key}`;
    return { key, url: (await take(source, key, io)).reveal() };
  }
  if (mail === undefined) return null;
  const key = `${file}: [notify.mail]`;
  const place = sourceOf(mail, MAIL_PASSWORD, dirname(file));
  const password = place && (await take(place, `${key} ${place.key}`, io));
  return { key, url: mailUrl(mailServer(mail.server), mail, password) };
}

async function take(source: SecretSource, called: string, io: World): Promise<Secret> {
  try {
    return await readFirstLine(source, called, io);
  } finally {
    if (source.from === 'environment') delete io.env[source.name];
  }
}

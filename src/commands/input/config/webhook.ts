import { dirname } from 'node:path';
import type { Secret } from '../../../engine/imap/session/credentials.js';
import type { Environment, Timing } from '../../process/io.js';
import { readFirstLine, type SecretSource, sourceOf } from '../credentials/secret-source.js';
import type { PlacedUrl } from '../notices/given-urls.js';
import { mailServer, mailUrl } from '../notices/mail-server.js';
import { MAIL_PASSWORD, WEBHOOK } from './config-schema.js';
import type { Config } from './read-config.js';

type World = Pick<Environment, 'env'> & Pick<Timing, 'clock'>;

/**
 * Reads the URLs of notices where the configuration says that they are: of a webhook, and of mail. A variable leaves the
 * environment, so that no child process sees it.
 *
 * @throws BadInput  where one cannot be got
 */
export async function readNoticePlaces({ file, written }: Config, io: World): Promise<readonly PlacedUrl[]> {
  const { mail, ...notify } = written.notify ?? {};
  const source = sourceOf(notify, WEBHOOK, dirname(file));
  const placed: PlacedUrl[] = [];
  if (source !== null) {
    const place = `${file}: [notify] ${source.key}`;
    placed.push({ place, text: (await take(source, place, io)).reveal(), shape: notify.shape ?? null });
  }
  if (mail !== undefined) {
    const place = `${file}: [notify.mail]`;
    const at = sourceOf(mail, MAIL_PASSWORD, dirname(file));
    const password = at && (await take(at, `${place} ${at.key}`, io));
    placed.push({ place, text: mailUrl(mailServer(mail.server), mail, password), shape: null });
  }
  return placed;
}

async function take(source: SecretSource, called: string, io: World): Promise<Secret> {
  try {
    return await readFirstLine(source, called, io);
  } finally {
    if (source.from === 'environment') delete io.env[source.name];
  }
}

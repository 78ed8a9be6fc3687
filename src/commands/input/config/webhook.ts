import { dirname, resolve } from 'node:path';
import { Secret } from '../../../engine/login/credentials.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Environment, Timing } from '../../process/io.js';
import { runSecretCommand } from '../credentials/credential-command.js';
import { splitWords } from '../credentials/shell-words.js';
import { mailServer, mailUrl } from '../notices/mail-server.js';
import { readSecretFile } from '../oauth/secrets-of.js';
import type { Config } from './read-config.js';

/** The URL of notices, and the key that names its place. */
export interface Webhook {
  readonly url: string;
  readonly key: string;
}

/**
 * Reads the URL of notices where the configuration says that it is.
 *
 * @returns null: none is named @throws BadInput  where it cannot be got
 */
export async function readWebhook({ file, written }: Config, io: Environment & Timing): Promise<Webhook | null> {
  const { 'webhook-file': path, 'webhook-command': command, 'webhook-env': name } = written.notify ?? {};
  const named = (key: string) => `${file}: [notify] ${key}`;
  if (path !== undefined) {
    const key = named('webhook-file');
    const url = await readSecretFile(resolve(dirname(file), path), key);
    return { key, url: url.reveal() };
  }
  if (command !== undefined) {
    const key = named('webhook-command');
    const fail = (why: string): never => {
      throw new BadInput(`${key} ${why}`);
    };
    const url = await runSecretCommand(splitWords(command, key), io, fail);
    return { key, url: url.reveal() };
  }
  if (name === undefined)
    return written.notify?.mail === undefined ? null : await readMail(written.notify.mail, file, io);
  const key = named('webhook-env');
  const url = io.env[name];
  delete io.env[name];
  if (!url) throw new BadInput(`${key}: the variable ${name} is not set`);
  return { key, url };
}

async function readMail(
  mail: NonNullable<NonNullable<Config['written']['notify']>['mail']>,
  file: string,
  io: Environment & Timing,
): Promise<Webhook> {
  const key = `${file}: [notify.mail]`;
  const password = await passwordOf(mail, file, key, io);
  return { key, url: mailUrl(mailServer(mail.server), mail, password) };
}

async function passwordOf(
  {
    'password-file': path,
    'password-command': command,
    'password-env': name,
  }: Readonly<Record<string, string | undefined>>,
  file: string,
  key: string,
  io: Environment & Timing,
): Promise<Secret | null> {
  if (path !== undefined) return await readSecretFile(resolve(dirname(file), path), `${key} password-file`);
  if (command !== undefined)
    return await runSecretCommand(splitWords(command, key), io, (why) => {
      throw new BadInput(`${key} password-command ${why}`);
    });
  if (name === undefined) return null;
  const value = io.env[name];
  delete io.env[name];
  if (!value) throw new BadInput(`${key} password-env: the variable ${name} is not set`);
  return new Secret(value);
}

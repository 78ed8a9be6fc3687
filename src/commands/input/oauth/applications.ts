import { access } from 'node:fs/promises';
import type { OAuthPlace } from '../../../store/batch/batch.js';
import type { Application } from '../../../ui/screens/start/services.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Environment } from '../../process/io.js';
import { findConfig } from '../config/find-config.js';
import { type Config, mustRead } from '../config/read-config.js';
import { type OAuthSettings, settingsOfTable } from './oauth-settings.js';

type Ground = Pick<Environment, 'cwd' | 'home' | 'env'>;

/** The configuration that counts here; null: there is none. @throws BadInput  where it cannot be used */
export async function configHere(ground: Ground): Promise<Config | null> {
  const file = await findConfig(undefined, ground);
  return file === null ? null : await mustRead(file);
}

/** Where an application of the configuration stands. @throws BadInput  where there is none of that name */
export async function applicationPlace(name: string, ground: Ground): Promise<OAuthPlace> {
  const config = await configHere(ground);
  if (config && Object.hasOwn(config.written.oauth ?? {}, name)) return { file: config.file, name };
  throw new BadInput(`there is no [oauth.${name}] in the configuration any more`);
}

/** Applications of the configuration that get access tokens. @throws BadInput  where it cannot be used */
export async function applicationsOf({ file, written }: Config): Promise<readonly Application[]> {
  const tables = Object.entries(written.oauth ?? {});
  return await Promise.all(
    tables.map(async ([name, table]) => {
      const settings = settingsOfTable(table, { file, name }, 'oauth');
      return { name, wants: await wantsOf(settings), says: saysOf(settings) };
    }),
  );
}

/** Somebody has to sign in before the first token: the file of the refresh token is not there yet. */
async function wantsOf(settings: OAuthSettings): Promise<Application['wants']> {
  if (settings.flow !== 'refresh' || settings.signIn === null) return 'nothing';
  if (settings.refreshToken.from !== 'file') return 'nothing';
  return await access(settings.refreshToken.path).then(
    () => 'nothing' as const,
    () => 'a sign-in' as const,
  );
}

function saysOf(settings: OAuthSettings): string {
  switch (settings.flow) {
    case 'm365':
      return 'an application of Microsoft 365, for all mailboxes of the tenant';
    case 'google':
      return 'a service account of Google Workspace, for all mailboxes of the domain';
    case 'refresh':
      if (settings.signIn === null) return 'by a refresh token from elsewhere';
      return settings.signIn.by === 'device' ? 'a person signs in by a code' : 'a person signs in in a browser';
  }
}

import { dirname, resolve } from 'node:path';
import type { Secret } from '../../engine/login/credentials.js';
import { BadInput } from '../../words/bad-input.js';
import { plural } from '../../words/units.js';
import type { ConfigFlag } from '../input/config/config-option.js';
import type { EndpointTable } from '../input/config/endpoint-schema.js';
import { configPlaces, findConfig } from '../input/config/find-config.js';
import { type Config, called, placedIn, readConfig } from '../input/config/read-config.js';
import { checkAuthorityFile } from '../input/endpoint/trust.js';
import { readOAuthSettings } from '../input/oauth/oauth-settings.js';
import { checkedSecret } from '../input/oauth/open-oauth.js';
import { readPrivateFile } from '../input/oauth/private-file.js';
import { firstLine } from '../input/oauth/secrets-of.js';
import type { Path } from '../input/zod-issues.js';
import type { Environment, Stderr, Stdout } from '../process/io.js';

/**
 * Prints every fault of the configuration, a line each.
 *
 * @returns the exit code: 0, or 2 where something is wrong
 * @throws BadInput  where there is none, or it must not be read
 */
export async function checkConfig({ config }: ConfigFlag, io: Environment & Stdout & Stderr): Promise<number> {
  const file = await findConfig(config, io);
  if (file === null)
    throw new BadInput(
      `there is no configuration at ${configPlaces(io).join(' or ')}; \`nightferry config init\` writes one`,
    );
  const read = await readConfig(file);
  const complaints = read.ok ? await faultsOfFiles(read.config) : read.complaints;
  if (complaints.length > 0) {
    await io.err.write(complaints.map((line) => `nightferry: ${line}\n`).join(''));
    return 2;
  }
  await io.out.write(`${file}: nothing is wrong with it${read.ok ? holds(read.config) : ''}\n`);
  return 0;
}

function holds({ written: { oauth = {}, server = {} } }: Config): string {
  const parts = [
    ...(Object.keys(server).length > 0 ? [plural(Object.keys(server).length, 'server')] : []),
    ...(Object.keys(oauth).length > 0 ? [plural(Object.keys(oauth).length, 'application')] : []),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** A file that the configuration names, and how it is looked at. */
interface Look {
  readonly path: Path;
  /** Stands before what is found, where that does not name the key. */
  readonly head: string;
  look(): Promise<unknown>;
}

/** The files that it names: secrets closed to others, keys and certificates that can be read. */
async function faultsOfFiles(config: Config): Promise<readonly string[]> {
  const at = await placedIn(config);
  const found = await Promise.all(looksOf(config).map(async (one) => [one, await faultOf(one)] as const));
  return found.flatMap(([{ path, head }, why]) => (why === null ? [] : [`${at(path)}: ${head}${why}`]));
}

function looksOf({ written, file }: Config): readonly Look[] {
  const folder = dirname(file);
  const { source, destination, server = {}, oauth = {}, notify } = written;
  const endpoints: readonly (readonly [Path, EndpointTable | undefined])[] = [
    [['source'], source],
    [['destination'], destination],
    ...Object.entries(server).map(([name, table]) => [['server', name], table] as const),
  ];
  const webhook = notify?.['webhook-file'];
  return [
    ...endpoints.flatMap(([table, { ca } = {}]) => {
      const path = [...table, 'ca'];
      return ca === undefined ? [] : [{ path, head: '', look: () => checkAuthorityFile(ca, called(path), folder) }];
    }),
    ...Object.keys(oauth).map((name) => {
      const place = { file, name };
      const path = ['oauth', name];
      return {
        path,
        head: `${called(path)}: `,
        look: async () => checkedSecret(await readOAuthSettings(place, 'oauth'), place),
      };
    }),
    ...(webhook === undefined
      ? []
      : [{ path: ['notify', 'webhook-file'], head: '[notify] ', look: () => webhookIn(resolve(folder, webhook)) }]),
  ];
}

async function webhookIn(path: string): Promise<Secret> {
  return firstLine(await readPrivateFile(path, 'webhook-file'), `webhook-file ${path}`);
}

async function faultOf({ look }: Look): Promise<string | null> {
  try {
    await look();
    return null;
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
}

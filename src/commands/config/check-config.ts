import { dirname, resolve } from 'node:path';
import { BadInput } from '../../words/bad-input.js';
import { plural } from '../../words/units.js';
import type { ConfigFlag } from '../input/config/config-option.js';
import type { EndpointTable } from '../input/config/endpoint-schema.js';
import { mustFind } from '../input/config/find-config.js';
import { type Config, called, placesOf, placeText, readConfig } from '../input/config/read-config.js';
import { readSecretFile } from '../input/credentials/secret-source.js';
import { checkAuthorityFile } from '../input/endpoint/trust.js';
import { settingsOfTable } from '../input/oauth/oauth-settings.js';
import { checkFiles } from '../input/oauth/open-oauth.js';
import type { Path } from '../input/zod-issues.js';
import type { Environment, Stderr, Stdout } from '../process/io.js';

/**
 * Prints every fault of the configuration, a line each.
 *
 * @returns the exit code: 0, or 2 where something is wrong
 * @throws BadInput  where there is none, or it must not be read
 */
export async function checkConfig({ config }: ConfigFlag, io: Environment & Stdout & Stderr): Promise<number> {
  const file = await mustFind(config, io);
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
  const placeOf = await placesOf(config);
  const found = await Promise.all(looksOf(config).map(async (one) => [one, await faultOf(one)] as const));
  return found.flatMap(([{ path, head }, why]) =>
    why === null ? [] : [`${placeText(config.file, placeOf(path))}: ${head}${why}`],
  );
}

function looksOf({ written, file }: Config): readonly Look[] {
  const folder = dirname(file);
  const { source, destination, server = {}, oauth = {}, notify } = written;
  const endpoints: readonly (readonly [Path, EndpointTable | undefined])[] = [
    [['source'], source],
    [['destination'], destination],
    ...Object.entries(server).map(([name, table]) => [['server', name], table] as const),
  ];
  const readSecret = (secret: string, key: string) => readSecretFile(resolve(folder, secret), key);
  return [
    ...endpoints.flatMap(([table, { ca, 'password-file': secret } = {}]) => [
      ...lookAt([...table, 'ca'], ca, (file, key) => checkAuthorityFile(file, key, folder)),
      ...lookAt([...table, 'password-file'], secret, readSecret),
    ]),
    ...Object.entries(oauth).map(([name, table]) => {
      const place = { file, name };
      const path = ['oauth', name];
      return {
        path,
        head: `${called(path)}: `,
        look: async () => checkFiles(settingsOfTable(table, place, 'oauth'), place),
      };
    }),
    ...lookAt(['notify', 'webhook-file'], notify?.['webhook-file'], readSecret),
    ...lookAt(['notify', 'mail', 'password-file'], notify?.mail?.['password-file'], readSecret),
  ];
}

/** @param file  undefined: the key is not there */
function lookAt(
  path: Path,
  file: string | undefined,
  look: (file: string, key: string) => Promise<unknown>,
): readonly Look[] {
  return file === undefined ? [] : [{ path, head: '', look: () => look(file, called(path)) }];
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

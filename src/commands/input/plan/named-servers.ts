import type { Endpoint } from '../../../store/batch/batch.js';
import { SIDES, type Side } from '../../../words/side.js';
import { namedServer } from '../config/config-settings.js';
import type { Config } from '../config/read-config.js';
import { hasWay, type Ways } from '../credentials/ways.js';
import { readEndpoint } from '../endpoint/endpoint-options.js';
import type { ByName } from './locate-rows.js';
import type { Plan } from './plan.js';
import { Complaints } from './plan-problems.js';

const COLUMN: Readonly<Record<Side, string>> = { source: 'Source', destination: 'Destination' };

/**
 * The servers of the configuration that rows of a plan name.
 *
 * @param config     null: there is none
 * @param otherwise  the place of secrets of a server that names none of its own; null: it has none
 * @throws BadInput  one line with all rows that name a server which is not there or cannot be used
 */
export async function readNamedServers(
  { file, rows, servers }: Pick<Plan, 'file' | 'rows' | 'servers'>,
  flags: { readonly insecurePlaintext?: boolean; readonly rate?: string },
  config: Config | null,
  otherwise: Readonly<Record<Side, Ways | null>>,
  cwd: string,
): Promise<ByName> {
  const complaints = new Complaints(file);
  const read = new Map<string, Endpoint>();
  for (const { id, row } of rows)
    for (const side of SIDES) {
      const server = servers.get(id)?.[side] ?? null;
      if (server?.kind !== 'name' || read.has(keyOf(side, server.name))) continue;
      const named = config === null ? null : namedServer(config, server.name, side);
      if (named === null) {
        complaints.add(
          `row ${row}, column ${COLUMN[side]}`,
          `it is no URL like imaps://mail.example, and nightferry.toml has no url in [server.${server.name}]`,
        );
        continue;
      }
      const { insecurePlaintext = false, rate } = flags;
      const endpoint = await readEndpoint(
        { side, url: named.url, flags: named.flags, userMeans: 'admin', asks: 'options', insecurePlaintext, rate },
        cwd,
      );
      const ways = hasWay(endpoint) ? null : otherwise[side];
      read.set(keyOf(side, server.name), { ...endpoint, ...ways });
    }
  complaints.refuse();
  return (side, name) => {
    const endpoint = read.get(keyOf(side, name));
    if (!endpoint) throw new Error(`unreachable: the ${side} ${name} was not read`);
    return endpoint;
  };
}

const keyOf = (side: Side, name: string) => `${side} ${name}`;

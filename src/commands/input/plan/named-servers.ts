import type { Endpoint } from '../../../store/batch/batch.js';
import { SIDES, type Side } from '../../../words/side.js';
import { namedServer } from '../config/config-settings.js';
import type { Config } from '../config/read-config.js';
import { readEndpoint } from '../endpoint/endpoint-options.js';
import type { ByName } from './locate-rows.js';
import type { Plan } from './plan.js';
import { Complaints } from './plan-problems.js';

const COLUMN: Readonly<Record<Side, string>> = { source: 'Source', destination: 'Destination' };

/** Passwords and tokens of rows come from where those of the side come from: a server's own would not be asked. */
const OF_THE_SIDE = ['passwordCommand', 'tokenCommand', 'oauth'] as const;

/**
 * The servers of the configuration that rows of a plan name.
 *
 * @param config  null: there is none
 * @throws BadInput  one line with all rows that name a server which is not there or cannot be used
 */
export async function readNamedServers(
  { file, rows, servers }: Pick<Plan, 'file' | 'rows' | 'servers'>,
  flags: { readonly insecurePlaintext?: boolean; readonly rate?: string },
  config: Config | null,
  cwd: string,
): Promise<ByName> {
  const complaints = new Complaints(file);
  const read = new Map<string, Endpoint>();
  for (const { id, row } of rows)
    for (const side of SIDES) {
      const server = servers.get(id)?.[side] ?? null;
      if (server?.kind !== 'name' || read.has(keyOf(side, server.name))) continue;
      const named = config === null ? null : namedServer(config, server.name, side);
      const at = `row ${row}, column ${COLUMN[side]}`;
      if (named === null)
        complaints.add(
          at,
          `it is no URL like imaps://mail.example, and nightferry.toml has no url in [server.${server.name}]`,
        );
      else if (OF_THE_SIDE.some((key) => named.flags[key] !== undefined))
        complaints.add(
          at,
          `[server.${server.name}] has a command or oauth of its own, which a plan with several servers does not take: give --${side}-password-command or passwords in the plan`,
        );
      else {
        const given = { side, url: named.url, flags: named.flags, userMeans: 'admin', asks: 'options' } as const;
        const { insecurePlaintext = false, rate } = flags;
        read.set(keyOf(side, server.name), await readEndpoint({ ...given, insecurePlaintext, rate }, cwd));
      }
    }
  complaints.refuse();
  return (side, name) => {
    const endpoint = read.get(keyOf(side, name));
    if (!endpoint) throw new Error(`unreachable: the ${side} ${name} was not read`);
    return endpoint;
  };
}

const keyOf = (side: Side, name: string) => `${side} ${name}`;

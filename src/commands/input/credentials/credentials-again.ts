import type { Batch } from '../../../store/batch/batch.js';
import type { BatchStore } from '../../../store/batch/batch-store.js';
import { endpointAt, endpointKeys, OWN, withEndpoint } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import { UTC } from '../../../words/zone.js';
import type { Environment, Prompts } from '../../process/io.js';
import { credentialWays, endpointFlags } from '../endpoint/endpoint-options.js';
import { passwordsAgain } from '../plan/match-plan.js';
import type { Plan } from '../plan/plan.js';
import { readPlanFile } from '../plan/plan-file.js';
import type { Lacking } from './credential-sources.js';
import type { Gathered } from './credentials-from.js';
import { gatherCredentials } from './gather-credentials.js';
import { hasWay, isSameWay } from './ways.js';

export interface AgainFlags {
  /** Names the plan that gives the passwords. */
  readonly plan?: string;
}

/**
 * A batch that is known, with the places of secrets that this command line names, which count for this run: the batch keeps
 * those it was made with. A server with another place of its own keeps it. `limitsAgain` has the rest of an endpoint.
 */
export function batchAgain({ batch }: Pick<BatchStore, 'batch'>, flags: AgainFlags, cwd: string): Batch {
  return SIDES.reduce((now, side) => withWays(now, side, flags, cwd), batch);
}

function withWays(batch: Batch, side: Side, flags: AgainFlags, cwd: string): Batch {
  const ways = credentialWays(endpointFlags({ ...flags }, side), side, cwd);
  if (!hasWay(ways)) return batch;
  return endpointKeys(batch, side).reduce((now, key) => {
    const endpoint = endpointAt(batch, side, key);
    const isItsOwn = key !== OWN && hasWay(endpoint) && !isSameWay(endpoint, batch[side]);
    return isItsOwn ? now : withEndpoint(now, side, key, { ...endpoint, ...ways });
  }, batch);
}

/**
 * The credentials of a batch that is known, asked for once more.
 *
 * @param sides  those that are logged in to
 * @throws BadInput  when the plan that gives the passwords cannot be used, or gives too few
 */
export async function credentialsAgain(
  batch: Batch,
  flags: AgainFlags,
  lacking: Lacking,
  io: Prompts & Environment,
  sides?: readonly Side[],
): Promise<Gathered> {
  const read = await readAgain(batch, flags, io);
  const plan = read instanceof BadInput ? null : read;
  return gatherCredentials({ ...batch, rows: batch.mailboxes, plan }, lacking, io, sides).catch((error) => {
    throw read instanceof BadInput && error instanceof BadInput ? read : error;
  });
}

/**
 * The plan, for its passwords. One that was named must be readable; the one that the batch remembers may
 * be gone where passwords come from elsewhere, so what is wrong with it is handed back, not thrown.
 */
async function readAgain(batch: Batch, flags: AgainFlags, io: Environment): Promise<Plan | BadInput | null> {
  const path = flags.plan ?? batch.planPath;
  if (path === null) return null;
  try {
    // Its days are those that the batch was made with: no zone matters here.
    const { plan } = await readPlanFile(path, { cwd: io.cwd, zone: UTC });
    return passwordsAgain(batch.mailboxes, plan);
  } catch (error) {
    if (error instanceof BadInput && flags.plan === undefined) {
      return new BadInput(`${error.message}; --plan names the plan's new place`);
    }
    throw error;
  }
}

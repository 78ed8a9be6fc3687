import type { Batch, Endpoint } from '../../../store/batch/batch.js';
import type { BatchStore } from '../../../store/batch/batch-store.js';
import { mapEndpoints } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import { UTC } from '../../../words/zone.js';
import type { Environment, Prompts } from '../../process/io.js';
import { credentialCommands, endpointFlags } from '../endpoint/endpoint-options.js';
import { passwordsAgain } from '../plan/match-plan.js';
import type { Plan } from '../plan/plan.js';
import { readPlanFile } from '../plan/plan-file.js';
import type { Lacking } from './credential-sources.js';
import { type BothSides, gatherCredentials } from './gather-credentials.js';

export interface AgainFlags {
  /** Names the plan that gives the passwords. */
  readonly plan?: string;
}

/** A batch that is known, with the credential commands of this command line. `limitsAgain` has the rest of an endpoint. */
export function batchAgain({ batch }: Pick<BatchStore, 'batch'>, flags: AgainFlags, cwd: string): Batch {
  return SIDES.reduce(
    (now, side) => mapEndpoints(now, side, (endpoint) => withCommands(endpoint, side, flags, cwd)),
    batch,
  );
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
): Promise<BothSides> {
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

/** Commands given now count for this run; the batch keeps those it was made with. */
function withCommands(endpoint: Endpoint, side: Side, flags: AgainFlags, cwd: string): Endpoint {
  const commands = credentialCommands(endpointFlags({ ...flags }, side), side, cwd);
  return commands.passwordCommand || commands.tokenCommand || commands.oauth ? { ...endpoint, ...commands } : endpoint;
}

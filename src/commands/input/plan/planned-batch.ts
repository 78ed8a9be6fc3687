import { BATCH_VERSION, type Batch } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import type { Environment, Timing } from '../../process/io.js';
import { type BatchFlags, readBatchOptions } from '../batch-options.js';
import { nameFromPlan } from '../derived-name.js';
import { readEndpoints } from '../endpoint/endpoint-options.js';
import { type Plan, refuseOtherHosts } from './plan.js';
import { readPlanFile } from './plan-file.js';
import { refuseEmptyWave } from './waves.js';

/** The options of a command that takes a plan, as commander hands them over. */
export interface PlannedFlags extends BatchFlags {
  readonly source?: string;
  readonly destination?: string;
  readonly insecurePlaintext?: boolean;
  readonly rate?: string;
  readonly name?: string;
}

/**
 * The batch that a plan and the options beside it describe. Nothing is written.
 *
 * @throws BadInput  naming the option, or the file with row and column
 */
export async function readPlannedBatch(
  planPath: string,
  flags: PlannedFlags,
  io: Environment & Timing,
): Promise<{ readonly batch: Batch; readonly plan: Plan }> {
  const urls = {
    source: flags.source ?? missingUrl('source'),
    destination: flags.destination ?? missingUrl('destination'),
  };
  const endpoints = await readEndpoints(urls, flags, { userMeans: 'admin', asks: 'options' }, io.cwd);
  const options = readBatchOptions(flags, io.zone);
  const { plan, absolute } = await readPlanFile(planPath, io);
  refuseOtherHosts(plan, endpoints);
  refuseEmptyWave(options.wave, plan.rows, plan.file);
  const batch: Batch = {
    version: BATCH_VERSION,
    name: flags.name ?? nameFromPlan(planPath),
    createdAt: io.clock.now(),
    ...endpoints,
    options,
    planPath: absolute,
    mailboxes: [...plan.rows],
  };
  return { batch, plan };
}

function missingUrl(side: Side): never {
  throw new BadInput(`--${side} is missing, like --${side} imaps://mail.example`);
}

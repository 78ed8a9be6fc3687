import { BATCH_VERSION, type Batch } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import type { Environment, Timing } from '../../process/io.js';
import { type BatchFlags, readBatchOptions } from '../batch-options.js';
import { namedServer } from '../config/config-settings.js';
import type { Config } from '../config/read-config.js';
import type { Configured } from '../config/with-config.js';
import { nameFromPlan } from '../derived-name.js';
import { readEndpoints } from '../endpoint/endpoint-options.js';
import { locateRows } from './locate-rows.js';
import { readNamedServers } from './named-servers.js';
import type { Plan } from './plan.js';
import { readPlanFile } from './plan-file.js';
import { refuseEmptyWave } from './waves.js';
import { waysForNamed } from './ways-for-named.js';

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
  { flags, ...configured }: Configured<PlannedFlags>,
  io: Environment & Timing,
): Promise<{ readonly batch: Batch; readonly plan: Plan }> {
  const { config } = configured;
  const { plan, absolute } = await readPlanFile(planPath, io);
  const urls = {
    source: flags.source ?? urlOfAll(plan, 'source', config),
    destination: flags.destination ?? urlOfAll(plan, 'destination', config),
  };
  const endpoints = await readEndpoints(urls, flags, { userMeans: 'admin', asks: 'options' }, io.cwd);
  const options = readBatchOptions(flags, io.zone);
  const imapMeans = flags.insecurePlaintext ? 'plaintext' : 'starttls';
  const otherwise = {
    source: waysForNamed('source', endpoints.source, configured),
    destination: waysForNamed('destination', endpoints.destination, configured),
  };
  const byName = await readNamedServers(plan, flags, config, otherwise, io.cwd);
  refuseEmptyWave(options.wave, plan.rows, plan.file);
  const batch: Batch = {
    version: BATCH_VERSION,
    name: flags.name ?? nameFromPlan(planPath),
    createdAt: io.clock.now(),
    ...endpoints,
    options,
    planPath: absolute,
    ...locateRows(plan.rows, plan.servers, endpoints, imapMeans, byName),
  };
  return { batch, plan };
}

/** The server of the first row, where each names one. @throws BadInput */
function urlOfAll({ rows, servers }: Plan, side: Side, config: Config | null): string {
  const all = rows.map(({ id }) => servers.get(id)?.[side] ?? null);
  const [first] = all;
  const isEach = all.every((one) => one !== null);
  if (isEach && first?.kind === 'url') return first.url;
  const named = isEach && first?.kind === 'name' && config ? namedServer(config, first.name, side) : null;
  if (named) return named.url;
  const gap = all.some((one) => one !== null) ? ' (not each row of the plan names one)' : '';
  throw new BadInput(`--${side} is missing, like --${side} imaps://mail.example${gap}`);
}

import type { Batch } from '../../../store/batch/batch.js';
import { mapEndpoints } from '../../../store/batch/endpoints.js';
import type { EndpointLimits } from '../../../store/batch/limits.js';
import { SIDES } from '../../../words/side.js';
import { endpointFlags } from '../endpoint/endpoint-options.js';
import { type LimitFlags, readLimits } from './limit-options.js';

/**
 * A batch that is known, with what this command line says of how much its endpoints bear. It counts for this run; the
 * batch keeps what it was made with.
 *
 * @throws BadInput
 */
export async function limitsAgain(batch: Batch, flags: { readonly rate?: string }, cwd: string): Promise<Batch> {
  let now = batch;
  for (const side of SIDES) {
    const given = endpointFlags({ ...flags }, side);
    const read = await readLimits(given, side, flags.rate, cwd);
    now = mapEndpoints(now, side, (endpoint) => ({ ...endpoint, limits: givenLimits(endpoint.limits, read, given) }));
  }
  return now;
}

/** The limits of before, and in their place those that were given now. */
export function givenLimits(
  before: EndpointLimits,
  now: EndpointLimits,
  given: Pick<LimitFlags, 'profile' | 'budget'>,
): EndpointLimits {
  return {
    profile: given.profile === undefined ? before.profile : now.profile,
    budgets: given.budget === undefined ? before.budgets : now.budgets,
    rate: now.rate ?? before.rate,
  };
}

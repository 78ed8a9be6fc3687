import type { PlanRow } from '../../store/batch/batch.js';
import { type Endpoints, endpointKey, endpointOf, type Located, userOn } from '../../store/batch/endpoints.js';
import type { Budget } from '../../store/batch/limits.js';
import { SIDES, type Side } from '../../words/side.js';
import { budgetsOf } from '../profiles/profile.js';
import type { Servers } from '../profiles/servers.js';

/** Where the allowances of a batch come from. */
export interface AllowanceSources {
  readonly batch: Endpoints;
  readonly servers: Pick<Servers, 'of'>;
}

/** An account, or an endpoint, of which what is moved is counted, and what it may move in a day. */
export interface MeteredBy {
  readonly side: Side;
  /** Names it the same way in every batch. */
  readonly of: string;
  readonly budgets: readonly Budget[];
}

export function budgetsAt({ batch, servers }: AllowanceSources, side: Side, row: Located): readonly Budget[] {
  return budgetsOf(endpointOf(batch, side, row).limits, servers.of(side, endpointKey(side, row)), side);
}

/** Reading and writing are allowances of their own, also where one server is both sides. */
export function meterOfEndpoint(batch: Endpoints, side: Side, row: Located): string {
  const { host, port } = endpointOf(batch, side, row);
  return `${host}:${port}, ${side === 'source' ? 'read from' : 'written to'}`;
}

/** All that counts what is moved of a mailbox: its accounts, and its endpoints as a whole. */
export function metersOf(sources: AllowanceSources, row: PlanRow): readonly MeteredBy[] {
  return SIDES.flatMap((side) => {
    const endpoint = meterOfEndpoint(sources.batch, side, row);
    const account = `${userOn(side, row).toLowerCase()} at ${endpoint}`;
    const budgets = budgetsAt(sources, side, row);
    return [
      { side, of: account, budgets: budgets.filter(({ of }) => of === 'account') },
      { side, of: endpoint, budgets: budgets.filter(({ of }) => of === 'endpoint') },
    ].filter((meter) => meter.budgets.length > 0);
  });
}

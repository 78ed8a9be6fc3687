import type { Batch, PlanRow } from '../../store/batch/batch.js';
import type { EndpointKey } from '../../store/batch/endpoints.js';
import type { Random } from '../../words/clock.js';
import type { Side } from '../../words/side.js';
import type { BothSidesOf } from '../dry-run/both-sides.js';
import type { Probed } from '../login/probe.js';
import type { CheckWatch } from './check-watch.js';
import type { WriteTest } from './write-test/write-tests.js';

/** All that a check needs. */
export interface Checking extends Omit<BothSidesOf, 'batch' | 'row' | 'trust'> {
  readonly batch: Batch;
  readonly random: Random;
  readonly writeTest: WriteTest;
  readonly trust: (row: PlanRow) => BothSidesOf['trust'];
  readonly probe: (side: Side, key: EndpointKey) => Promise<Probed>;
  readonly watch: CheckWatch;
}

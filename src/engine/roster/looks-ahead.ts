import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { endpointAt, endpointKeys } from '../../store/batch/endpoints.js';
import { optionsOf } from '../../store/batch/options-of.js';
import type { Looks } from '../../store/looks/looks.js';
import type { Clock } from '../../words/clock.js';
import type { Governor } from '../governor/governor.js';
import type { OpenSource } from '../login/source-session.js';
import { EarlyLooks } from '../look/early-looks.js';
import type { EndpointHealth } from '../publish/endpoint-health.js';
import type { Publisher } from '../publish/publisher.js';
import type { BatchControl } from '../schedule/batch-control.js';
import { windowAt } from '../schedule/time-window.js';
import type { Roster } from './roster.js';

export interface LooksAheadParts {
  readonly batch: Batch;
  readonly clock: Clock;
  readonly looks: Looks;
  readonly open: OpenSource;
  readonly roster: Roster;
  readonly control: BatchControl;
  readonly governor: Governor;
  readonly health: EndpointHealth;
  readonly publisher: Publisher;
}

/** Milliseconds. A mailbox that starts sooner soon tells its size itself, and a look would be in its way. */
const SOON = 30_000;

/**
 * Whether waiting mailboxes may be counted. With access tokens they may not: a token that was fetched for a look has
 * expired when its mailbox starts.
 */
export function mayLookAhead(batch: Batch): boolean {
  if (batch.options.look !== 'ahead') return false;
  return endpointKeys(batch, 'source').every((key) => endpointAt(batch, 'source', key).tokenCommand === null);
}

/** Early looks at the mailboxes of a batch at work. */
export function looksAhead(parts: LooksAheadParts): EarlyLooks {
  const { batch, clock, looks, open, control, governor, health, publisher } = parts;
  return new EarlyLooks({
    clock,
    looks,
    open,
    options: (row) => optionsOf(batch.options, row),
    waiting: () => waitingLong(parts),
    isWell: (row) => health.isWell('source', row, clock.now()),
    isCalm: () => control.state === 'running' && windowAt(control.options.window, clock.now()).open,
    permit: (row) => governor.look(row),
    onFound: ({ id }) => publisher.touch(id),
  });
}

/** Mailboxes that wait for their first start, without the next one and those that start soon. */
function waitingLong({
  batch,
  roster,
  clock,
}: Pick<LooksAheadParts, 'batch' | 'roster' | 'clock'>): readonly PlanRow[] {
  const now = clock.now();
  const waiting: PlanRow[] = [];
  for (const id of roster.queue) {
    const worker = roster.workers.get(id);
    if (worker?.first !== true || worker.state.kind !== 'queued' || roster.running.has(id)) continue;
    if (!isOfAllDays(batch, worker.row)) continue;
    const { startsAt } = worker.state;
    if (startsAt === null || startsAt - now > SOON) waiting.push(worker.row);
  }
  return waiting.slice(1);
}

/**
 * Whether all messages of a mailbox are copied. The counters of its folders count all of them, and would promise far
 * too much where some days are copied.
 */
function isOfAllDays({ options }: Pick<Batch, 'options'>, row: PlanRow): boolean {
  const { since, until } = optionsOf(options, row);
  return since === null && until === null;
}

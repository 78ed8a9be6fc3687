import type { EndpointEntity } from '../../protocol/endpoint-entity.js';
import {
  type BatchEntity,
  type Instant,
  isInStep,
  isMoving,
  isThrough,
  type MailboxEntity,
  waitsForWave,
} from '../../protocol/entities.js';
import { type Need, needsOf } from '../../protocol/needs.js';
import type { AllowanceReason } from '../../words/reason.js';
import { SIDES, type Side } from '../../words/side.js';

/** A mailbox that rests for the allowance of a day, and until when. */
interface Resting {
  readonly email: string;
  readonly until: Instant;
  readonly because: AllowanceReason;
}

/** How a batch stands, as far as it decides what is told. */
export interface Standing {
  readonly now: Instant;
  /** By the clock that never jumps, in milliseconds. */
  readonly moment: number;
  readonly batch: BatchEntity;
  readonly needs: readonly Need[];
  /** Ids of mailboxes that want for nothing: what was told of them is over. */
  readonly well: ReadonlySet<string>;
  /** Something is under way, or will be by itself. */
  readonly isUnderWay: boolean;
  /** Mailboxes that are under way, or will be by themselves. */
  readonly left: number;
  /** Mailboxes that rest for the allowance of a day. */
  readonly resting: readonly Resting[];
  /** Mailboxes whose connections are open, or that could start at this moment. */
  readonly atWork: readonly MailboxEntity[];
  /** Changes whenever something comes of the work. */
  readonly progress: string;
  /** Both servers let a mailbox in. */
  readonly isAnswered: boolean;
  /** The engine's exit code; null: it runs. */
  readonly exitCode: number | null;
}

export function standingOf(
  batch: BatchEntity,
  mailboxes: readonly MailboxEntity[],
  clock: { readonly moment: number },
  exitCode: number | null,
): Standing {
  return {
    now: batch.now,
    moment: clock.moment,
    batch,
    needs: needsOf(mailboxes),
    well: new Set(mailboxes.filter((one) => isInStep(one) && one.doubled === 0).map(({ id }) => id)),
    isUnderWay: mailboxes.some(({ state }) => isUnderWay(state)),
    left: mailboxes.filter(({ state }) => isUnderWay(state)).length,
    resting: mailboxes.flatMap(restingIn),
    atWork: atWorkIn(batch, mailboxes),
    progress: progressOf(batch, mailboxes),
    isAnswered: mailboxes.some(({ state }) => isMoving(state.kind) && state.kind !== 'connecting'),
    exitCode,
  };
}

const isUnderWay = (state: MailboxEntity['state']) =>
  isMoving(state.kind) ||
  (state.kind === 'queued' && !waitsForWave(state)) ||
  state.kind === 'backing-off' ||
  state.kind === 'paused';

function restingIn({ email, state }: MailboxEntity): readonly Resting[] {
  if (state.kind !== 'backing-off' || state.because.key !== 'allowance') return [];
  return [{ email, until: state.until, because: state.because }];
}

/** A mailbox that rests, waits for a server, a window or its operator is not at work. */
function atWorkIn(batch: BatchEntity, mailboxes: readonly MailboxEntity[]): readonly MailboxEntity[] {
  const moving = mailboxes.filter(({ state }) => isMoving(state.kind));
  if (moving.length > 0) return moving;
  const isShut =
    batch.closedUntil !== null || SIDES.some((side) => batch.endpoints[side].every(({ circuit }) => circuit !== null));
  if (isShut || (batch.state !== 'running' && batch.state !== 'waiting')) return [];
  return mailboxes.filter(
    ({ state }) =>
      state.kind === 'queued' && !waitsForWave(state) && (state.startsAt === null || state.startsAt <= batch.now),
  );
}

/** Connecting again and again is no progress: only what was learned or settled is. */
function progressOf({ counts }: BatchEntity, mailboxes: readonly MailboxEntity[]): string {
  let [folders, through] = [0, 0];
  for (const mailbox of mailboxes) {
    folders += mailbox.folders.length;
    if (isThrough(mailbox)) through++;
  }
  return [counts.total, counts.left, counts.copied, counts.bytesCopied, folders, through].join(' ');
}

/** A server of a side that is left alone; null: none is. */
export function leftAloneAt(
  { batch }: Standing,
  side: Side,
): (Pick<EndpointEntity, 'name'> & NonNullable<EndpointEntity['circuit']>) | null {
  for (const { name, circuit } of batch.endpoints[side]) if (circuit !== null) return { name, ...circuit };
  return null;
}

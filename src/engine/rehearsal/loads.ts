import { type Instant, isThrough, type MailboxEntity, waitsForWave } from '../../protocol/entities.js';
import type { LeftOutWhy } from '../../protocol/rehearsal-entity.js';
import type { Batch, PlanRow } from '../../store/batch/batch.js';
import { isOfOtherWave } from '../../store/batch/options-of.js';
import type { Look } from '../../store/looks/looks.js';
import { type Middling, middlingOf } from '../eta/expected.js';
import { leftOf } from '../eta/left-of.js';
import type { Load } from './load.js';

/** Mailboxes that are not moved in the night that is played. */
export interface LeftOut {
  readonly why: Exclude<LeftOutWhy, 'paused' | 'stopped'>;
  readonly rows: readonly PlanRow[];
}

/** A batch, sorted into mailboxes that the night moves and others. */
export interface Sorted {
  readonly loads: readonly Load[];
  /** Mailboxes that are done already. */
  readonly done: number;
  readonly leftOut: readonly LeftOut[];
  /** When a check counted the first of them; null: no check did, or the batch counts by itself. */
  readonly countedAt: Instant | null;
}

type Fate = { readonly load: Load } | LeftOut['why'] | 'done';

/** The size of a mailbox where nobody has looked into any. */
const UNSEEN: Middling = { messages: 5_000, bytesEach: 75_000 };

/** The loads of a plan that was never started. @param lookOf  what a check found; null: nobody looked */
export function loadsOfPlan(batch: Batch, lookOf: (row: PlanRow) => Look | null): Sorted {
  const looks = new Map(batch.mailboxes.map((row) => [row.id, lookOf(row)]));
  const middling = middlingOrUnseen(
    [...looks.values()].map(
      (look) =>
        look && { messages: look.messages, bytes: look.bytes ?? 0, weighed: look.bytes === null ? 0 : look.messages },
    ),
  );
  const counted = [...looks.values()].flatMap((look) => look?.at ?? []);
  const countedAt = counted.length === 0 ? null : counted.reduce((first, at) => Math.min(first, at));
  const all = sorted(batch.mailboxes, (row) => {
    if (isOfOtherWave(batch.options, row)) return 'another wave';
    const look = looks.get(row.id) ?? null;
    const messages = look?.messages ?? middling.messages;
    const bytes = look?.bytes ?? messages * (middling.bytesEach ?? 0);
    return {
      load: {
        row,
        starts: 'first',
        notBefore: 0,
        messages,
        bytes,
        newest: look?.newest ?? null,
        known: look === null ? 'guessed' : 'counted',
      },
    };
  });
  return { ...all, countedAt };
}

/**
 * The loads of a batch that was started, or can be: what is left of each mailbox.
 *
 * @param newestOf  INTERNALDATE of the newest message; null: nobody asked
 */
export function loadsOfBatch(
  batch: Batch,
  mailboxes: readonly MailboxEntity[],
  newestOf: (id: string) => Instant | null,
): Sorted {
  const entities = new Map(mailboxes.map((one) => [one.id, one]));
  const middling = middlingOrUnseen(mailboxes.map(({ expected }) => expected));
  return sorted(batch.mailboxes, (row) => {
    const entity = entities.get(row.id);
    if (!entity) return 'given up';
    if (isThrough(entity)) return 'done';
    if (entity.state.kind === 'given-up') return 'given up';
    if (entity.state.kind === 'held') return 'held';
    if (waitsForWave(entity.state) || isOfOtherWave(batch.options, row)) return 'another wave';
    return {
      load: {
        row,
        starts: entity.attempts === 0 ? 'first' : 'again',
        notBefore: entity.state.kind === 'backing-off' ? entity.state.until : 0,
        ...leftOf(entity, middling),
        newest: newestOf(row.id),
        known: entity.expected === null ? 'guessed' : 'counted',
      },
    };
  });
}

function middlingOrUnseen(all: Parameters<typeof middlingOf>[0]): Middling {
  const middling = middlingOf(all);
  return {
    messages: middling.messages > 0 ? middling.messages : UNSEEN.messages,
    bytesEach: middling.bytesEach ?? UNSEEN.bytesEach,
  };
}

function sorted(rows: readonly PlanRow[], fateOf: (row: PlanRow) => Fate): Sorted {
  const loads: Load[] = [];
  const out = new Map<LeftOut['why'], PlanRow[]>();
  let done = 0;
  for (const row of rows) {
    const fate = fateOf(row);
    if (fate === 'done') done++;
    else if (typeof fate !== 'string') loads.push(fate.load);
    else if (out.has(fate)) out.get(fate)?.push(row);
    else out.set(fate, [row]);
  }
  return { loads, done, leftOut: [...out].map(([why, all]) => ({ why, rows: all })), countedAt: null };
}

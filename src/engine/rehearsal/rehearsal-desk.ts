import type { AnswerOf, CommandOf } from '../../protocol/commands.js';
import type { Instant, MailboxEntity } from '../../protocol/entities.js';
import type { RehearsalEntity } from '../../protocol/rehearsal-entity.js';
import type { Batch } from '../../store/batch/batch.js';
import type { Workspace } from '../../store/batch/workspace.js';
import { diskTroubleIn } from '../../store/documents/disk-trouble.js';
import type { Looks } from '../../store/looks/looks.js';
import { BadInput } from '../../words/bad-input.js';
import type { Clock } from '../../words/clock.js';
import { loadOnce } from '../../words/load-once.js';
import { loadsOfBatch, type Sorted } from './loads.js';
import { rehearsalEntity } from './rehearsal-entity.js';
import { Slices } from './slices.js';

/** Loaded when a console asks for a rehearsal, so that a copy begins without it. */
export const loadRehearsal = loadOnce(() => import('./rehearse-night.js'));

interface RehearsalParts {
  readonly workspace: Workspace;
  readonly clock: Clock;
  /** The batch as it runs now. */
  readonly batch: () => Batch;
  readonly mailboxes: () => readonly MailboxEntity[];
  /** Null before they were read. */
  readonly looks: () => Pick<Looks, 'of'> | null;
}

/** Nights that are drawn while a copy goes on that must not wait: enough for a range. */
const DRAWS = 12;
/** Milliseconds for which a night is played at a time, and for which the copy has the thread in between. */
const SLICE = { plays: 20, pauses: 40 } as const;

type Answer = AnswerOf<'rehearse'>;

/** Plays the rest of a batch for consoles that ask, a slice at a time: the copy goes on beside it. */
export class RehearsalDesk {
  /** Answers by the hour that was asked for. Consoles that ask meanwhile get the same answer. */
  readonly #asked = new Map<Instant | null, Promise<Answer>>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: RehearsalParts) {}

  take({ by }: CommandOf<'rehearse'>): Promise<Answer> {
    const asked = this.#asked.get(by);
    if (asked) return asked;
    const answer = this.#last.then(() => this.#play(by)).finally(() => this.#asked.delete(by));
    this.#asked.set(by, answer);
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #play(by: Instant | null): Promise<Answer> {
    const { workspace, clock, looks } = this.parts;
    const batch = this.parts.batch();
    const { sorted, leftOut } = goingOn(batch, this.parts.mailboxes(), (id) => looks()?.of(id)?.newest ?? null);
    const now = clock.now();
    try {
      const { rehearseNight } = await loadRehearsal();
      const rehearsed = await rehearseNight(
        { batch, sorted, workspace, now, from: now, by },
        { draws: DRAWS, slices: new Slices(clock, SLICE.plays, () => clock.sleep(SLICE.pauses)) },
      );
      return { ok: true, rehearsal: rehearsalEntity(rehearsed, leftOut) };
    } catch (error) {
      const why = error instanceof BadInput ? error.message : diskTroubleIn(error)?.message;
      if (why === undefined) throw error;
      return { ok: false, why };
    }
  }
}

/**
 * Leaves out mailboxes that an operator paused or stopped. If nothing else is left, they are played as if they went on.
 */
function goingOn(
  batch: Batch,
  mailboxes: readonly MailboxEntity[],
  newestOf: (id: string) => Instant | null,
): { readonly sorted: Sorted; readonly leftOut: RehearsalEntity['leftOut'] } {
  const sorted = loadsOfBatch(batch, mailboxes, newestOf);
  const others = sorted.leftOut.map(({ why, rows }) => ({ why, mailboxes: rows.length }));
  const kinds = new Map(mailboxes.map(({ id, state }) => [id, state.kind]));
  const putTo = (why: 'paused' | 'stopped') => sorted.loads.filter(({ row }) => kinds.get(row.id) === why).length;
  const put = (['paused', 'stopped'] as const).map((why) => ({ why, mailboxes: putTo(why) }));
  const going = sorted.loads.filter(({ row }) => !put.some(({ why }) => kinds.get(row.id) === why));
  if (going.length === 0) return { sorted, leftOut: others };
  return {
    sorted: { ...sorted, loads: going },
    leftOut: [...others, ...put.filter((one) => one.mailboxes > 0)],
  };
}

import { decide, type NoticeMemory, newMemory } from '../../../src/engine/notices/decide.js';
import type { News } from '../../../src/engine/notices/notice.js';
import { standingOf } from '../../../src/engine/notices/standing.js';
import type { BatchEntity, MailboxEntity, MailboxState } from '../../../src/protocol/entities.js';
import { NOTHING_TOLD } from '../../../src/store/batch/notices.js';
import { said } from '../../support/a-reason.js';
import { aBatch, aMailbox } from '../../support/fake-engine.js';

export const SECOND = 1_000;
export const MINUTE = 60_000;

/** A watch over a batch that a test moves by hand. */
export class AWatch {
  mailboxes: readonly MailboxEntity[] = [];
  batch: BatchEntity = aBatch({ now: 0 });
  /** All that was told, in order, with the moment. */
  readonly told: { readonly at: number; readonly news: News }[] = [];
  moment = 0;
  #memory: NoticeMemory = newMemory(NOTHING_TOLD);

  /** Looks now. @returns what was told */
  look(exitCode: number | null = null): readonly News[] {
    const batch = { ...this.batch, now: this.moment };
    const standing = standingOf(batch, this.mailboxes, { moment: this.moment }, exitCode);
    const { news, memory, lookAt } = decide(this.#memory, standing);
    this.#memory = memory;
    this.lookAt = lookAt;
    this.told.push(...news.map((one) => ({ at: this.moment, news: one })));
    return news;
  }
  lookAt = Number.POSITIVE_INFINITY;

  /** Lets time pass; looks whenever there is a reason to. @returns what was told meanwhile */
  passes(ms: number): readonly News[] {
    const until = this.moment + ms;
    const before = this.told.length;
    this.look();
    while (this.lookAt <= until) {
      this.moment = this.lookAt;
      this.look();
    }
    this.moment = until;
    this.look();
    return this.told.slice(before).map(({ news }) => news);
  }

  /** The engine is gone, and another one goes on with what is on disk. */
  restarts(): void {
    this.#memory = newMemory(structuredClone(this.#memory.told));
  }
}

/** Held, with a password that was refused. */
export function refused(id: string, change: Partial<MailboxEntity> = {}): MailboxEntity {
  return aMailbox(id, {
    state: {
      kind: 'held',
      because: said('source', 'NO [AUTHENTICATIONFAILED] no'),
      asks: { key: 'as-written', text: 'Mend the password.' },
    },
    asksPassword: 'source',
    ...change,
  });
}

export function inState(id: string, state: MailboxState, change: Partial<MailboxEntity> = {}): MailboxEntity {
  return aMailbox(id, { state, ...change });
}

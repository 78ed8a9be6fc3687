import { UidSet } from '../../../store/uid/uid-set.js';
import type { Verdict } from '../../../words/verdict.js';
import { mayBeOfOne } from '../../imap/apart/may-be-of-one.js';
import type { Desk } from '../../imap/commands/desk.js';
import { type Fetched, fetchWhole } from '../../imap/commands/fetch.js';
import type { Tagged } from '../../imap/connection/tagged.js';
import { Refused } from '../../imap/session/refused.js';
import type { CopyContext } from '../job.js';
import { reserveAll, weightOf } from '../memory/copy-memory.js';
import type { Todo } from '../transfer/chunks.js';

/** The most messages that are asked for alone after a common refusal. With more, the folder is to blame. */
const MOST_ALONE = 200;
/** Refusals of a message, with others given in between, after which the message itself is to blame. */
const TRIES = 3;

/** Whether a refused FETCH is only about the messages that were asked for. */
export function isOfMessages({ scope, kind }: Verdict): boolean {
  return scope === 'message' || kind === 'missing' || kind === 'corruption';
}

/**
 * Handles refusals of whole messages in words that name no single message. If other messages come, each refused one is
 * tried alone and may be left out (`desk.readings`). If none come, the mailbox cannot be read now, and work on it ends.
 */
export class ReadRefusals {
  #refused: Refused | null = null;
  readonly #uids = new UidSet();
  /** A message that came before. Asking for it again shows whether the server gives messages now. */
  #other: number | null = null;

  constructor(
    private readonly context: Pick<CopyContext, 'memory' | 'signal' | 'judge'>,
    private readonly desk: Desk,
    private readonly folder: string,
  ) {}

  /** @throws Refused if no single message can be to blame */
  heard(fetched: readonly Fetched[], missing: readonly number[], { status, line }: Tagged): void {
    const { desk, folder } = this;
    const { side } = desk.wire;
    this.#other = fetched.at(-1)?.uid ?? this.#other;
    desk.readings.of(folder, 'bodies').passed(UidSet.from(fetched.map(({ uid }) => uid)));
    if (missing.length === 0 || status === 'OK') return;
    const verdict = this.context.judge(side, line, 'UID FETCH');
    if (isOfMessages(verdict)) return;
    this.#refused = new Refused(side, 'UID FETCH', line, folder);
    for (const uid of missing) this.#uids.add(uid);
    if (side === 'source' || !mayBeOfOne(verdict) || this.#uids.size > MOST_ALONE) throw this.#refused;
  }

  /** @throws Refused if other messages do not come either */
  async askAlone(messages: readonly Todo[], onMessage: (message: Fetched) => void): Promise<void> {
    let refused = messages.filter(({ uid }) => this.#uids.has(uid));
    const words = new Map<number, string>();
    for (let tries = 0; tries < TRIES && refused.length > 0; tries++) {
      const again: Todo[] = [];
      for (const todo of refused) {
        if (tries > 0 && !(await this.#othersCome())) throw this.#refused;
        const [message, answer] = await this.#fetch(todo);
        if (message) onMessage(message);
        this.#other = message?.uid ?? this.#other;
        if (message || answer.status === 'OK') continue;
        words.set(todo.uid, answer.line);
        again.push(todo);
      }
      refused = again;
    }
    for (const { uid } of refused) this.desk.readings.of(this.folder, 'bodies').leaveOut(uid, words.get(uid) ?? '');
  }

  async #othersCome(): Promise<boolean> {
    if (this.#other === null) return false;
    const [message] = await this.#fetch({ uid: this.#other, size: 0 });
    return message !== undefined;
  }

  async #fetch({ uid, size }: Todo): Promise<readonly [Fetched | undefined, Tagged]> {
    const { context, desk, folder } = this;
    const lease = await reserveAll(context.memory, weightOf({ uids: [uid], bytes: size }), context.signal);
    try {
      const { fetched, answer } = await fetchWhole(desk, folder, [uid], `${uid}`, 'with flags', lease.announced);
      return [fetched[0], answer];
    } finally {
      lease.release();
    }
  }
}

import type { MailboxData } from '../../store/mailbox/mailbox-document.js';
import { type MailboxPass, NOTHING_NOTED } from '../../store/mailbox/pass-schema.js';
import { SIDES, type Side } from '../../words/side.js';
import type { OpenConnections } from '../login/open-connections.js';
import type { PassFailure } from '../responses/pass-failure.js';
import type { Outcome } from './worker-parts.js';

/** Commands that are sent, or none, before a login has succeeded. */
const AT_LOGIN: ReadonlySet<string> = new Set(['LOGIN', 'connect']);

/** Notes in the mailbox's document what an attempt did and what ended it: rehearsals of later nights learn from it. */
export class AttemptNote {
  readonly #pass: MailboxPass;
  readonly #before: { readonly messages: number; readonly bytes: number };

  /** @param data  counts the attempt, and has the note from now on */
  constructor(
    private readonly data: Pick<MailboxData, 'attempts' | 'passes' | 'counts'>,
    startedAt: number,
  ) {
    data.attempts++;
    this.#pass = { startedAt, endedAt: null, ...NOTHING_NOTED };
    data.passes.push(this.#pass);
    this.#before = copiedBy(data);
  }

  readonly opened = ({ sessions, refused }: Pick<OpenConnections, 'sessions' | 'refused'>): void => {
    const many = (side: Side) => sessions.filter(({ wire }) => wire.side === side).length;
    this.#pass.lines = {
      source: many('source'),
      destination: many('destination'),
      refusedAt: SIDES.filter((side) => refused.some((one) => one.side === side)),
    };
  };

  endedBy(outcome: Outcome): void {
    if (outcome.kind === 'again' || outcome.kind === 'held') this.#pass.refusal = refusalOf(outcome.failure);
  }

  /** It is over, and the counts of the mailbox are those of now. */
  ends(endedAt: number): void {
    const now = copiedBy(this.data);
    this.#pass.endedAt = endedAt;
    // Fewer messages may count as copied than before: the destination did not keep all of them.
    this.#pass.moved = {
      messages: Math.max(0, now.messages - this.#before.messages),
      bytes: Math.max(0, now.bytes - this.#before.bytes),
    };
  }
}

const copiedBy = ({ counts }: Pick<MailboxData, 'counts'>) => ({ messages: counts.copied, bytes: counts.bytesCopied });

function refusalOf({ side, command, verdict }: PassFailure): NonNullable<MailboxPass['refusal']> {
  const { kind, scope, rule, waitSeconds } = verdict;
  return { side, kind, scope, rule, waitSeconds, during: AT_LOGIN.has(command) ? 'login' : 'work' };
}

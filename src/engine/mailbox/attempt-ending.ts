import type { Instant } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import { type DiskTrouble, diskTroubleIn } from '../../store/documents/disk-trouble.js';
import { UidSet } from '../../store/uid/uid-set.js';
import { withoutSide } from '../../words/reason-text.js';
import type { Side } from '../../words/side.js';
import { showMinute } from '../../words/times.js';
import { AllowanceSpent } from '../budget/allowance-spent.js';
import type { Failure } from '../copy/job.js';
import { OutOfStep } from '../copy/transfer/append-ends.js';
import type { Place } from '../governor/governor.js';
import { LoginFailed } from '../imap/session/login-failed.js';
import type { Finding } from '../isolate/finding.js';
import { restAfterFinding } from '../isolate/rest.js';
import { learnedFrom } from '../login/learned-from.js';
import { type PassFailure, responseReason } from '../responses/pass-failure.js';
import { sanitise } from '../responses/sanitise.js';
import { asksPassword } from './asked-password.js';
import { keepUnanswered } from './kept-unanswered.js';
import type { AttemptEvent } from './life/life.js';
import type { MailboxConnections } from './mailbox-connections.js';
import type { MailboxDisk } from './mailbox-disk.js';
import type { MailboxTrouble } from './mailbox-trouble.js';
import type { MailboxView } from './mailbox-view.js';
import { MEND_AND_GO_ON } from './mend-and-go-on.js';
import type { RunMemory } from './pass/pass-parts.js';
import { isTokenRefused, readFailure } from './read-failure.js';
import { type Sequel, sequelOf } from './trouble.js';
import type { Outcome, WorkerParts } from './worker-parts.js';

type AttemptOutcome = Extract<AttemptEvent, { kind: 'came out' }>['outcome'];

/** The state of a mailbox that its attempts in one run share. */
export interface Run {
  readonly memory: RunMemory;
  readonly connections: MailboxConnections;
}

export interface EndingParts extends WorkerParts {
  readonly view: MailboxView;
  readonly trouble: MailboxTrouble;
  readonly disk: MailboxDisk;
  readonly run: () => Run;
  readonly log: (level: LogLine['level'], side: Side | null, folder: string | null, text: string) => void;
}

/** Reads why an attempt did not go through, enters the failure, and says what the mailbox does next. */
export class AttemptEnding {
  constructor(private readonly parts: EndingParts) {}

  #read(error: unknown): PassFailure | undefined {
    return readFailure(error, this.parts.world.correct);
  }

  /** @throws  what neither a server nor the disk did: a bug */
  endedBy(error: unknown, place: Place): Outcome {
    if (error instanceof AllowanceSpent) return this.#spent(error);
    const failure = this.#read(error);
    if (failure) {
      if (!(error instanceof LoginFailed)) place.failed(failure);
      return this.#failed(failure, error);
    }
    const trouble = diskTroubleIn(error);
    if (trouble === null) throw error;
    return this.onDisk(trouble);
  }

  /**
   * The error ledger has the failure before anything follows from it, and the disk before the mailbox rests:
   * `attempt` writes at its end. A kill in between loses an entry, and never a message: what was not settled in
   * the UID ledger is tried again by the next run, fails again, and is entered then.
   */
  #failed(failure: PassFailure, error: unknown): Outcome {
    const now = this.parts.world.clock.now();
    if (error instanceof OutOfStep) this.parts.run().connections.outOfStep(this.parts.view.entity.counts.copied);
    const learned = learnedFrom(failure, error, this.parts.row, this.parts.world.manners);
    const finding = this.#finding(error);
    const rest =
      learned || failure.goes !== 'rest' ? null : restAfterFinding(finding, failure.verdict, this.parts.world.random());
    if (rest !== null) {
      // A message that is tried alone is known to break the connection. It is entered when the connection breaks again.
      if (finding.kind === 'narrowed' && finding.tried === 'among others')
        this.enter({ ...failure, uids: new UidSet() });
      else this.parts.log('warn', failure.side, failure.folder, `${failure.command}: ${failure.response}`);
      this.parts.view.heard(failure.side, failure.response);
      return this.#again(now + rest, failure);
    }
    const follows = this.#meet(failure, now);
    const renews = isTokenRefused(failure, error) && this.parts.run().connections.renew(failure.side);
    const sequel: Sequel = renews || learned ? { do: 'again at once' } : follows;
    if ((failure.goes === 'now' || learned) && sequel.do === 'again at once')
      this.parts.log('warn', failure.side, failure.folder, `${failure.command}: ${failure.response}`);
    else this.enter({ ...failure, uids: new UidSet() });
    this.parts.view.heard(failure.side, failure.response);
    switch (sequel.do) {
      case 'hold':
        return this.#hold(failure);
      case 'again at once':
        return this.#again(now, failure);
      case 'rest':
        return this.#again(now + sequel.for, failure);
    }
  }

  /** Concludes which messages may have caused a failure. If the search has narrowed, the next attempt comes soon. */
  #finding(error: unknown): Finding {
    const { inquiry } = this.parts.run().memory;
    const finding = inquiry.hears(error, this.parts.world.clock.monotonic());
    inquiry.ends();
    keepUnanswered(this.parts.record.data, inquiry, this.parts.world.clock);
    return finding;
  }

  /** @returns what follows from a failure, if no order and no new token says otherwise */
  #meet(failure: PassFailure, now: Instant): Sequel {
    const { row, world } = this.parts;
    const trouble = this.parts.trouble.meet(failure, this.parts.view.entity.counts.copied);
    return sequelOf(trouble, failure.goes, now, world.random(), world.restFactor(row));
  }

  /**
   * Ends an attempt that an order broke off. What a server said meanwhile is a failure all the same, and a pause does
   * not shorten the wait that follows. A failure that would hold the mailbox is met again when the mailbox goes on.
   */
  drained(error: unknown): Outcome {
    const { inquiry } = this.parts.run().memory;
    inquiry.holdsBack(error, this.parts.world.clock.monotonic());
    keepUnanswered(this.parts.record.data, inquiry, this.parts.world.clock);
    const failure = this.#read(error);
    if (!failure || failure.goes === 'now') return this.leave();
    this.enter({ ...failure, uids: new UidSet() });
    const { life } = this.parts.view;
    if (life.at === 'work' && (life.order.kind === 'stop' || life.order.kind === 'give up')) return this.leave();
    const now = this.parts.world.clock.now();
    const sequel = this.#meet(failure, now);
    return sequel.do === 'rest' ? this.#again(now + sequel.for, failure) : this.leave();
  }

  /** Lets the mailbox rest until the allowance is renewed. Nothing failed, so nobody is asked. */
  #spent({ because, until }: AllowanceSpent): Outcome {
    this.parts.run().memory.inquiry.ends();
    this.parts.log(
      'info',
      because.side,
      null,
      `${withoutSide(because)}, goes on ${showMinute(until, this.parts.world.clock.now())}`,
    );
    this.comesOut({ kind: 'rest', until, because });
    return { kind: 'spent' };
  }

  comesOut(outcome: AttemptOutcome): void {
    this.parts.view.tell({ kind: 'came out', outcome });
  }

  leave(): Outcome {
    this.comesOut({ kind: 'left' });
    return { kind: 'stopped' };
  }

  #again(until: Instant, failure: PassFailure): Outcome {
    this.comesOut({ kind: 'rest', until, because: responseReason(failure) });
    return { kind: 'again', failure };
  }

  onDisk(trouble: DiskTrouble): Outcome {
    const sequel = this.parts.disk.meets(trouble);
    if (sequel.do === 'hold') {
      this.comesOut({
        kind: 'hold',
        hold: { because: { key: 'file', text: trouble.message }, asks: MEND_AND_GO_ON, password: null },
      });
      return { kind: 'disk', trouble };
    }
    const until = this.parts.world.clock.now() + sequel.for;
    this.comesOut({ kind: 'rest', until, because: { key: 'file', text: trouble.message } });
    return { kind: 'disk', trouble };
  }

  #hold(failure: PassFailure): Outcome {
    const { side, verdict } = failure;
    this.parts.trouble.ask();
    const password = asksPassword(verdict) ? side : null;
    this.comesOut({ kind: 'hold', hold: { because: responseReason(failure), asks: verdict.advice, password } });
    return { kind: 'held', failure };
  }

  enter(failure: Failure): void {
    const { row, record, world } = this.parts;
    const clean = { ...failure, response: sanitise(failure.response) };
    record.errors.record({ ...clean, at: world.clock.now() });
    // Publish after recording, so that a listener who asks for the mailbox sees the failure.
    this.parts.world.onChange(this.parts.row);
    world.onFailure(row, { ...clean, folder: clean.folder === null ? null : sanitise(clean.folder) });
  }
}

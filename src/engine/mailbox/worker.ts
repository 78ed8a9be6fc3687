import type { Instant, MailboxEntity, MailboxState } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { Decision } from '../../store/decisions/decisions-document.js';
import { followDecisions, leftOut } from '../../store/decisions/follow-decisions.js';
import { type DiskTrouble, diskTroubleIn } from '../../store/documents/disk-trouble.js';
import type { ErrorLedger } from '../../store/errors/error-ledger.js';
import type { DestinationLock } from '../../store/locks/destination-lock.js';
import { UidSet } from '../../store/uid/uid-set.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { endingOfMailbox } from '../account/ending-of-mailbox.js';
import type { CopyContext, Failure } from '../copy/job.js';
import { OutOfStep } from '../copy/transfer/append-lane.js';
import type { Place } from '../governor/governor.js';
import { LoginFailed } from '../imap/session/login-failed.js';
import type { Session } from '../imap/session/session.js';
import { type Finding, Inquiry } from '../isolate/inquiry.js';
import { restAfterFinding } from '../isolate/rest.js';
import { learnedFrom } from '../login/learned-from.js';
import { MemoryBudget } from '../memory/memory-budget.js';
import { classify } from '../responses/classify.js';
import { sanitise } from '../responses/sanitise.js';
import { unlessAborted } from '../schedule/stopping.js';
import { Checkpoints } from './checkpoints.js';
import type { AttemptEvent, Effect, Life, LifeEvent } from './life/life.js';
import { MailboxDisk } from './mailbox-disk.js';
import { MailboxLines } from './mailbox-lines.js';
import { MailboxTrouble } from './mailbox-trouble.js';
import { MailboxView } from './mailbox-view.js';
import { MEND_AND_GO_ON } from './mend-and-go-on.js';
import { Notices } from './notices.js';
import { runPass } from './pass/pass.js';
import type { RunMemory } from './pass/pass-parts.js';
import { isTokenRefused, type PassFailure, readFailure } from './pass-failure.js';
import { TriedAgain } from './tried-again.js';
import { type Sequel, sequelOf } from './trouble.js';
import type { Outcome, WorkerParts } from './worker-parts.js';

/**
 * Bytes in flight in one mailbox: enough for 1 Gbit/s at 100 ms, and little enough that one
 * mailbox stays under 150 MB with all that Node needs besides.
 */
const IN_FLIGHT = 12 * 1024 * 1024;

type AttemptOutcome = Extract<AttemptEvent, { kind: 'came out' }>['outcome'];
type Ending = Extract<MailboxState, { kind: 'synced' | 'incomplete' }>;

/** What a mailbox is given for its attempts, and what they learn for each other. */
interface Run {
  readonly memory: RunMemory;
  readonly lines: MailboxLines;
}

/** One mailbox, from login to synced. The scheduler says when each attempt begins. */
export class Worker {
  readonly #view: MailboxView;
  readonly #trouble: MailboxTrouble;
  readonly #disk: MailboxDisk;
  #run: Run | null = null;
  #sessions: readonly Session[] = [];

  constructor(private readonly parts: WorkerParts) {
    const { row, record, world } = parts;
    this.#trouble = new MailboxTrouble({ batch: world.batch, row, record, clock: world.clock });
    this.#view = new MailboxView({ row, record, trouble: this.#trouble, world });
    this.#disk = new MailboxDisk(
      (level, text) => this.#log(level, null, null, text),
      () => world.clock.monotonic(),
    );
  }

  /** Made when it first starts: of 50,000 mailboxes most wait the whole night. */
  get #inRun(): Run {
    if (!this.#run) {
      const inquiry = new Inquiry();
      this.#run = { memory: { inquiry, careful: new Map(), failed: new Map() }, lines: this.#newLines(inquiry) };
    }
    return this.#run;
  }

  #newLines({ readings }: Inquiry): MailboxLines {
    const { row, record, world } = this.parts;
    const notices = { source: new Notices(), destination: new Notices() };
    return new MailboxLines({
      row,
      record,
      world,
      readings,
      judge: (side, line, command) => this.#judge(side, line, command),
      onNotice: (side, said) => {
        const line = notices[side].hear(said);
        if (line === null) return;
        this.#view.heard(side, line);
        this.#log('info', side, null, line);
      },
      onCramped: (side, response) =>
        this.#log('info', side, null, `${response}: it is read or written over one connection`),
      onOneAtATime: (side) =>
        this.#log(
          'warn',
          side,
          null,
          'this server does not serve a command behind an unanswered one: it is sent one at a time from now on, which is slower',
        ),
    });
  }

  /** Grows with everything useful that moves on its connections. */
  get progress(): number {
    return this.#sessions.reduce((sum, { wire }) => sum + wire.progress, this.#sessions.length);
  }

  get row(): PlanRow {
    return this.parts.row;
  }

  get state(): MailboxState {
    return this.#view.state;
  }

  get life(): Life {
    return this.#view.life;
  }

  /**
   * Takes the mailbox through an event. The roster calls it, since an event may put the mailbox into the queue.
   * @returns what is to be done to its running attempt, and by the scheduler
   */
  tell(event: LifeEvent): readonly Effect[] {
    const effects = this.#view.tell(event);
    if (effects.includes('forgive')) this.#run?.memory.failed.clear();
    if (effects.includes('forgive') || effects.includes('trouble is over')) {
      this.#trouble.over();
      this.#disk.over();
    }
    return effects;
  }

  /** The side whose password, answered, would let it go on. */
  get asksPassword(): Side | null {
    return this.#view.asksPassword;
  }

  /** The clock on the wall was set, by so many milliseconds. */
  clockSet(by: number): void {
    this.#trouble.clockSet(by);
    this.#view.clockSet(by);
  }

  /** When it has been kept up for so long that its operator is to be asked; null: there is nothing to ask. */
  get asksAt(): Instant | null {
    return this.#trouble.asksAt;
  }

  /** Asks the operator, once, and goes on trying. */
  ask(): void {
    const provider = this.#trouble.ask();
    const told = provider ? inOneLine(provider.text) : 'because' in this.state ? this.state.because : '';
    this.#log('error', null, null, `asks for you and goes on trying: ${told}`);
    this.#changed();
  }

  /** Brings what it counts up to the last decision. @param decisions  all of the batch, oldest first */
  follow(decisions: readonly Decision[]): void {
    const { record } = this.parts;
    if (record.unusable !== null) return;
    const before = record.data.decided;
    const changes = followDecisions(record, decisions);
    for (const { folder, messages } of changes) {
      const tally = this.#view.tallies.find(({ source }) => source === folder);
      if (tally) Object.assign(tally, leftOut(tally.counts, messages), { left: undefined });
    }
    if (record.data.decided === before) return;
    const { state } = this;
    // What was left out, or accepted, may have been all that the mailbox fell short of.
    if (state.kind === 'synced' || state.kind === 'incomplete')
      this.#view.tell({ kind: 'weighed again', state: this.#ending(state.at) });
    // A failure of no message that was accepted changes no folder's counts, and is open no more.
    this.#changed();
  }

  /** How it ends that went through all its folders. */
  #ending(at: Instant): Ending {
    const { record } = this.parts;
    return { ...endingOfMailbox(record.data.folders, record.errors.entries), at };
  }

  /** UIDVALIDITY of a source folder when it was last opened; null: not known. */
  uidValidity(folder: string): string | null {
    return this.parts.record.data.folders.find(({ source }) => source === folder)?.uidValidity ?? null;
  }

  /** Messages of a source folder that are still to be settled. */
  leftIn(folder: string): number {
    return this.#view.leftIn(folder);
  }

  get errors(): ErrorLedger {
    return this.parts.record.errors;
  }

  /** It was never started before: its start is staggered. */
  get first(): boolean {
    return this.parts.record.data.passes.length === 0;
  }

  get entity(): MailboxEntity {
    return this.#view.entity;
  }

  /** Writes how the mailbox stands; one that was never started, or cannot be read, has no document to write. */
  async save(): Promise<void> {
    const { record } = this.parts;
    if (!this.first && record.unusable === null) await record.write();
  }

  /**
   * One attempt: log in, a pass over all folders, log out. Never throws for what servers and lines
   * do; a bug comes through.
   *
   * @param place what it may connect with
   * @param drain ends the attempt when what is in flight is settled
   * @param drop  drops the lines at once
   */
  async attempt(place: Place, drain: AbortSignal, drop: AbortSignal): Promise<Outcome> {
    const { row, record, world } = this.parts;
    // It may have been put right since: whoever starts it again says so.
    if (record.unusable !== null) await record.read();
    const { clock } = world;
    const { data } = record;
    data.attempts++;
    const pass: (typeof data.passes)[number] = { startedAt: clock.now(), endedAt: null };
    data.passes.push(pass);
    const checkpoints = new Checkpoints(record, clock);
    const keeping = new AbortController();
    let kept: Promise<unknown> = Promise.resolve();
    let lock: DestinationLock | null = null;
    let outcome: Outcome;
    let unwritten: DiskTrouble | null = null;
    try {
      this.#view.begins();
      await this.#inRun.lines.closed;
      lock = await world.takeDestination(row);
      kept = checkpoints.keep(keeping.signal, this.#disk);
      await this.#pass(checkpoints, place, drain, drop);
      this.#trouble.over();
      this.#comesOut({ kind: 'through', state: this.#ending(clock.now()) });
      outcome = { kind: 'through' };
    } catch (error) {
      if (drop.aborted) outcome = this.#leave();
      else if (drain.aborted) outcome = this.#drained(error);
      else outcome = this.#endedBy(error, place);
    } finally {
      keeping.abort();
      checkpoints.landed();
      const endedAt = clock.now();
      pass.endedAt = endedAt;
      this.#view.ends(endedAt);
      data.counts = this.entity.counts;
      await kept;
      await checkpoints.write().catch((error: unknown) => {
        unwritten = diskTroubleIn(error);
        this.#disk.refused(error);
      });
      await lock?.release();
      this.#view.leaves();
    }
    // It has gone through when that is on the disk, and not before.
    if (outcome.kind !== 'through') return outcome;
    if (unwritten !== null) return this.#onDisk(unwritten);
    this.#disk.over();
    return outcome;
  }

  /** @throws  what neither a server nor the disk did: a bug */
  #endedBy(error: unknown, place: Place): Outcome {
    const failure = readFailure(error, this.parts.world.correct);
    if (failure) {
      if (!(error instanceof LoginFailed)) place.failed(failure);
      return this.#failed(failure, error);
    }
    const trouble = diskTroubleIn(error);
    if (trouble === null) throw error;
    return this.#onDisk(trouble);
  }

  async #pass(checkpoints: Checkpoints, place: Place, drain: AbortSignal, drop: AbortSignal): Promise<void> {
    const { row, record, world } = this.parts;
    const { batch, clock, memory } = world;
    const { lines, memory: remembered } = this.#inRun;
    remembered.inquiry.attempt();
    const open = await unlessAborted(lines.open(place, drop), drop);
    this.#sessions = open.sessions;
    this.#view.connected(open.sessions);
    const hangUp = () => {
      for (const { wire } of open.sessions) wire.drop(new Error('stopped'));
    };
    drop.addEventListener('abort', hangUp, { once: true });
    if (drop.aborted) hangUp();
    const sendNoMore = () => open.lines.destination.lane.end(drain.reason);
    drain.addEventListener('abort', sendNoMore, { once: true });
    const triedAgain = new TriedAgain(record.errors);
    triedAgain.loggedIn();
    this.#changed();
    const context: CopyContext = {
      lines: open.lines,
      clock,
      signal: drain,
      memory: [new MemoryBudget(Math.min(IN_FLIGHT, memory.total)), memory],
      sending: batch.options,
      beganAt: clock.now(),
      maxSize: batch.options.maxSize,
      inquiry: remembered.inquiry,
      judge: (side, line, command) => this.#judge(side, line, command),
      fail: (failure) => this.#enter(failure),
      log: (level, folder, text) => this.#log(level, null, folder, text),
    };
    try {
      drain.throwIfAborted();
      await runPass({
        batch,
        row,
        record,
        open,
        context,
        checkpoints,
        memory: remembered,
        orders: this.parts.orders,
        onState: (kind, folder) => this.#view.turnsTo(kind, folder),
        onTallies: (tallies) => {
          this.#view.tallies = tallies;
        },
        onProgress: (folder, how) => {
          if (how === 'stored') {
            this.#view.arrivesIn(folder);
            triedAgain.arrives(folder);
          }
          this.#changed();
        },
      });
      triedAgain.wentThrough();
    } finally {
      drop.removeEventListener('abort', hangUp);
      drain.removeEventListener('abort', sendNoMore);
      lines.close(open);
    }
  }

  #judge(side: Side, line: string, command: string): Verdict {
    const verdict = this.parts.world.correct(classify({ line, command, side }), { line, command, side });
    this.#view.heard(side, line);
    return verdict;
  }

  /**
   * The error ledger has the failure before anything follows from it, and the disk before the mailbox rests:
   * `attempt` writes at its end. A kill in between loses an entry, and never a message: what was not settled in
   * the UID ledger is tried again by the next run, fails again, and is entered then.
   */
  #failed(failure: PassFailure, error: unknown): Outcome {
    const now = this.parts.world.clock.now();
    if (error instanceof OutOfStep) this.#inRun.lines.outOfStep(this.entity.counts.copied);
    const learned = learnedFrom(failure, error, this.parts.world.manners);
    const finding = this.#finding(error);
    const rest =
      learned || failure.goes !== 'rest' ? null : restAfterFinding(finding, failure.verdict, this.parts.world.random());
    if (rest !== null) {
      // What is tried alone is known to break the line: it is entered when that has shown.
      if (finding.kind === 'narrowed' && finding.tried === 'among others')
        this.#enter({ ...failure, uids: new UidSet() });
      else this.#log('warn', failure.side, failure.folder, `${failure.command}: ${failure.response}`);
      this.#view.heard(failure.side, failure.response);
      return this.#again(now + rest, failure);
    }
    const follows = this.#meet(failure, now);
    const renews = isTokenRefused(failure, error) && this.#inRun.lines.renew(failure.side);
    const sequel: Sequel = renews || learned ? { do: 'again at once' } : follows;
    if ((failure.goes === 'now' || learned) && sequel.do === 'again at once')
      this.#log('warn', failure.side, failure.folder, `${failure.command}: ${failure.response}`);
    else this.#enter({ ...failure, uids: new UidSet() });
    this.#view.heard(failure.side, failure.response);
    switch (sequel.do) {
      case 'hold':
        return this.#hold(failure);
      case 'again at once':
        return this.#again(now, failure);
      case 'rest':
        return this.#again(now + sequel.for, failure);
    }
  }

  /** What a failure says of who breaks connections: where it narrows that down, the next try is not long in coming. */
  #finding(error: unknown): Finding {
    const { inquiry } = this.#inRun.memory;
    const finding = inquiry.hears(error);
    inquiry.ends();
    return finding;
  }

  /** @returns what follows from a failure, if no order and no new token says otherwise */
  #meet(failure: PassFailure, now: Instant): Sequel {
    const { row, world } = this.parts;
    const trouble = this.#trouble.meet(failure, this.entity.counts.copied);
    return sequelOf(trouble, failure.goes, now, world.random(), world.restFactor(row));
  }

  /**
   * An order ended the attempt. What a server said while the last of it was settled is a failure all the same, and
   * a pause takes nothing off the wait that follows. What would hold the mailbox is met again when it goes on.
   */
  #drained(error: unknown): Outcome {
    const failure = readFailure(error, this.parts.world.correct);
    if (!failure || failure.goes === 'now') return this.#leave();
    this.#enter({ ...failure, uids: new UidSet() });
    const { life } = this;
    if (life.at === 'work' && life.order.kind === 'stop') return this.#leave();
    const now = this.parts.world.clock.now();
    const sequel = this.#meet(failure, now);
    return sequel.do === 'rest' ? this.#again(now + sequel.for, failure) : this.#leave();
  }

  #comesOut(outcome: AttemptOutcome): void {
    this.#view.tell({ kind: 'came out', outcome });
  }

  #leave(): Outcome {
    this.#comesOut({ kind: 'left' });
    return { kind: 'stopped' };
  }

  #again(until: Instant, failure: PassFailure): Outcome {
    this.#comesOut({ kind: 'rest', until, because: `${failure.side}: ${sanitise(failure.response)}` });
    return { kind: 'again', failure };
  }

  #onDisk(trouble: DiskTrouble): Outcome {
    const sequel = this.#disk.meets(trouble);
    if (sequel.do === 'hold') {
      this.#comesOut({ kind: 'hold', hold: { because: trouble.message, asks: MEND_AND_GO_ON, password: null } });
      return { kind: 'disk', trouble };
    }
    const until = this.parts.world.clock.now() + sequel.for;
    this.#comesOut({ kind: 'rest', until, because: trouble.message });
    return { kind: 'disk', trouble };
  }

  #hold(failure: PassFailure): Outcome {
    const { side, response, verdict } = failure;
    this.#trouble.ask();
    const because = `${side}: ${sanitise(response)}`;
    const password = asksPassword(verdict) ? side : null;
    this.#comesOut({ kind: 'hold', hold: { because, asks: verdict.advice, password } });
    return { kind: 'held', failure };
  }

  #enter(failure: Failure): void {
    const clean = { ...failure, response: sanitise(failure.response) };
    const { row, record, world } = this.parts;
    record.errors.record({ ...clean, at: world.clock.now() });
    // Who hears of the failure and asks how the mailbox stands is told of a mailbox that has it.
    this.#changed();
    world.onFailure(row, { ...clean, folder: clean.folder === null ? null : sanitise(clean.folder) });
  }

  #changed(): void {
    this.parts.world.onChange(this.parts.row);
  }

  #log(level: LogLine['level'], side: Side | null, folder: string | null, text: string): void {
    this.parts.world.onLog(this.parts.row, {
      level,
      side,
      folder: folder === null ? null : sanitise(folder),
      text: sanitise(text),
    });
  }
}

/** No password mends a certificate. */
const asksPassword = ({ kind, scope }: Verdict) => kind === 'auth' && scope !== 'endpoint';

/** A letter as a line of the log, without its subject. */
const inOneLine = (text: string) => text.split('\n').slice(1).filter(Boolean).join('; ');

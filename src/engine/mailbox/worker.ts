import type { Instant, MailboxEntity, MailboxState } from '../../protocol/entities.js';
import type { LogLine } from '../../protocol/events.js';
import type { PlanRow } from '../../store/batch/batch.js';
import type { Decision } from '../../store/decisions/decisions-document.js';
import { followDecisions, leftOut } from '../../store/decisions/follow-decisions.js';
import { type DiskTrouble, diskTroubleIn } from '../../store/documents/disk-trouble.js';
import type { ErrorLedger } from '../../store/errors/error-ledger.js';
import type { DestinationLock } from '../../store/locks/destination-lock.js';
import { reasonText } from '../../words/reason-text.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import type { FolderLeft } from '../account/ending-of-mailbox.js';
import { endingOfMailbox } from '../account/ending-of-mailbox.js';
import type { Place } from '../governor/governor.js';
import type { Inquiry } from '../isolate/inquiry.js';
import { classify } from '../responses/classify.js';
import { sanitise } from '../responses/sanitise.js';
import { AttemptEnding, type Run } from './attempt-ending.js';
import { AttemptNote } from './attempt-note.js';
import { Checkpoints } from './checkpoints.js';
import { connectAndPass, type Passing } from './connect-and-pass.js';
import type { Effect, Life, LifeEvent } from './life/life.js';
import { MailboxConnections } from './mailbox-connections.js';
import { MailboxDisk } from './mailbox-disk.js';
import { MailboxTrouble } from './mailbox-trouble.js';
import { MailboxView } from './mailbox-view.js';
import { Notices } from './notices.js';
import { newRunMemory } from './pass/pass-parts.js';
import type { Outcome, WorkerParts } from './worker-parts.js';

type Ending = Extract<MailboxState, { kind: 'synced' | 'incomplete' }>;

/** One mailbox, from login to synced. The scheduler says when each attempt begins. */
export class Worker {
  readonly #view: MailboxView;
  readonly #trouble: MailboxTrouble;
  readonly #disk: MailboxDisk;
  readonly #ending: AttemptEnding;
  #run: Run | null = null;

  constructor(private readonly parts: WorkerParts) {
    const { row, record, world } = parts;
    this.#trouble = new MailboxTrouble({ batch: world.batch, row, record, clock: world.clock });
    this.#view = new MailboxView({ row, record, trouble: this.#trouble, world });
    this.#disk = new MailboxDisk(
      (level, text) => this.#log(level, null, null, text),
      () => world.clock.monotonic(),
    );
    this.#ending = new AttemptEnding({
      ...parts,
      view: this.#view,
      trouble: this.#trouble,
      disk: this.#disk,
      run: () => this.#inRun,
      log: (level, side, folder, text) => this.#log(level, side, folder, text),
    });
  }

  /** Made at the first start, because most of 50,000 mailboxes wait the whole night. */
  get #inRun(): Run {
    if (!this.#run) {
      const memory = newRunMemory();
      this.#run = { memory, connections: this.newConnections(memory.inquiry) };
    }
    return this.#run;
  }

  newConnections(inquiry: Inquiry): MailboxConnections {
    const { row, record, world } = this.parts;
    const notices = { source: new Notices(), destination: new Notices() };
    return new MailboxConnections({
      row,
      record,
      world,
      inquiry,
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
    return this.#view.progress;
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

  /** A login succeeded. @param by  the password that an operator typed, or that of the plan */
  loggedIn(side: Side, by: 'typed' | 'as planned'): void {
    const { data } = this.parts.record;
    const others = (data.typedPasswords ?? []).filter((one) => one !== side);
    data.typedPasswords = by === 'typed' ? [...others, side] : others;
  }

  /** The side whose password is asked for; null: none is. */
  get asksPassword(): Side | null {
    return this.#view.asksPassword;
  }

  /** The clock on the wall was set, by so many milliseconds. */
  clockSet(by: number): void {
    this.#trouble.clockSet(by);
    this.#view.clockSet(by);
  }

  /** When the operator is asked about trouble that lasts; null: there is nothing to ask. */
  get asksAt(): Instant | null {
    return this.#trouble.asksAt;
  }

  /** Asks the operator, once, and goes on trying. */
  ask(): void {
    const provider = this.#trouble.ask();
    const told = provider ? inOneLine(provider.text) : 'because' in this.state ? reasonText(this.state.because) : '';
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
    // The decision may have accepted all that the mailbox fell short of.
    if (state.kind === 'synced' || state.kind === 'incomplete')
      this.#view.tell({ kind: 'weighed again', state: this.#balance(state.at) });
    // A failure of no message that was accepted changes no folder's counts, and is open no more.
    this.#changed();
  }

  /** The state in which a mailbox ends that went through all its folders. */
  #balance(at: Instant): Ending {
    const { record } = this.parts;
    return { ...endingOfMailbox(record.data.folders, record.errors.entries), at };
  }

  /** UIDVALIDITY of a source folder when it was last opened; null: not known. */
  uidValidity(folder: string): string | null {
    return this.parts.record.data.folders.find(({ source }) => source === folder)?.uidValidity ?? null;
  }

  /** The folders as this run counts them. */
  get counted(): readonly FolderLeft[] {
    return this.#view.counted;
  }

  get errors(): ErrorLedger {
    return this.parts.record.errors;
  }

  /** Whether the mailbox was never started before. Only first starts are staggered. */
  get first(): boolean {
    return this.parts.record.data.passes.length === 0;
  }

  get entity(): MailboxEntity {
    return this.#view.entity;
  }

  /** Writes the mailbox's document; one that was never started, or cannot be read, has none. */
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
   * @param drop  drops the connections at once
   */
  async attempt(place: Place, drain: AbortSignal, drop: AbortSignal): Promise<Outcome> {
    const { row, record, world } = this.parts;
    // The document may have been put right since: whoever starts the mailbox again says so.
    if (record.unusable !== null) await record.read();
    const { clock } = world;
    const { data } = record;
    const note = new AttemptNote(data, clock.now());
    const checkpoints = new Checkpoints(record, clock);
    const keeping = new AbortController();
    let kept: Promise<unknown> = Promise.resolve();
    let lock: DestinationLock | null = null;
    let outcome: Outcome;
    let unwritten: DiskTrouble | null = null;
    try {
      this.#view.begins();
      await this.#inRun.connections.closed;
      lock = await world.takeDestination(row);
      kept = checkpoints.keep(keeping.signal, this.#disk);
      await connectAndPass(this.#passing, { checkpoints, place, drain, drop, opened: note.opened });
      this.#trouble.over();
      this.#ending.comesOut({ kind: 'through', state: this.#balance(clock.now()) });
      outcome = { kind: 'through' };
    } catch (error) {
      if (drop.aborted) outcome = this.#ending.leave();
      else if (drain.aborted) outcome = this.#ending.drained(error);
      else outcome = this.#ending.endedBy(error, place);
      note.endedBy(outcome);
    } finally {
      keeping.abort();
      checkpoints.landed();
      const endedAt = clock.now();
      this.#view.ends(endedAt);
      data.counts = this.entity.counts;
      note.ends(endedAt);
      await kept;
      await checkpoints.write().catch((error: unknown) => {
        unwritten = diskTroubleIn(error);
        this.#disk.refused(error);
      });
      await lock?.release();
      this.#view.leaves();
    }
    // A mailbox has gone through only when that is on disk.
    if (outcome.kind !== 'through') return outcome;
    if (unwritten !== null) return this.#ending.onDisk(unwritten);
    this.#disk.over();
    return outcome;
  }

  get #passing(): Passing {
    return {
      parts: this.parts,
      view: this.#view,
      ending: this.#ending,
      run: this.#inRun,
      log: (level, side, folder, text) => this.#log(level, side, folder, text),
      judge: (side, line, command) => this.#judge(side, line, command),
    };
  }

  #judge(side: Side, line: string, command: string): Verdict {
    const verdict = this.parts.world.correct(classify({ line, command, side }), { line, command, side });
    this.#view.heard(side, line);
    return verdict;
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

/** A letter as one line of the log, without its subject. */
const inOneLine = (text: string) => text.split('\n').slice(1).filter(Boolean).join('; ');

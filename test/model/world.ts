import type { Clock } from '../../src/words/clock.js';
import { ModelFolder, type Standing } from './folder.js';
import type { AppendCommand, ModelLine, Sent } from './line.js';
import type { Schedule } from './schedule.js';
import { strangersLike } from './strangers.js';
import { Tape } from './tape.js';

/** The parts of the client that the world needs, to disturb it at any moment. */
export interface Disturbed {
  /** Called after every step of the world, for what must hold at every moment. */
  readonly onStep: () => void;
  /** A checkpoint begins now, whatever the client is doing. */
  readonly checkpoint: () => void;
  /** The client's process dies: at once, or after so many more steps of its disk. */
  readonly die: (afterDiskSteps: number) => void;
}

/** How long servers take over what they had received when a connection broke. */
export type LateCommits = 'within the standstill' | 'whenever';

/** Milliseconds from one late commit of a line to the next: all under what the standstill waits for. */
const SOON = [20, 300, 1200, 1950] as const;
const SOME_TIME = [20, 1950, 2600, 9000, 60_000] as const;

const HOUR = 3_600_000;

interface Late {
  readonly at: number;
  readonly command: AppendCommand;
}

/**
 * Both servers, the user at the destination, and time. Everything that happens is decided by the tape
 * of the schedule; with the tape spent, every command is answered in its turn.
 */
export class World implements Clock {
  /** The one that is played: for mutants that know more than the program may. */
  static playing: World | null = null;
  readonly source = new ModelFolder();
  readonly destination = new ModelFolder();
  /** The events, one a line: the counterexample. */
  readonly story: string[] = [];
  readonly tape: Tape;
  client: Disturbed = { onStep: () => {}, checkpoint: () => {}, die: () => {} };
  lines: readonly ModelLine[] = [];
  /** Messages of the source, by the bytes that a repair makes of them. */
  readonly mended = new Map<string, Sent>();
  /** The client has opened the folder: a stranger like ours in all but content may come from now on. */
  begun = false;
  #now = 0;
  /** How far somebody set the clock on the wall. */
  #jumped = 0;
  #late: Late[] = [];
  #strangers = 0;
  #appends = 0;
  #pumping = false;

  constructor(
    readonly schedule: Schedule,
    readonly lateCommits: LateCommits,
  ) {
    World.playing = this;
    this.tape = new Tape(schedule.tape);
    for (const mail of schedule.source) this.source.add(mail);
    for (const index of schedule.before) {
      const mail = schedule.source[index];
      if (mail) this.destination.add(mail);
    }
  }

  now(): number {
    return this.#now + this.#jumped;
  }

  monotonic(): number {
    return this.#now;
  }

  async sleep(ms: number): Promise<void> {
    this.advance(ms);
  }

  tell(what: string): void {
    this.story.push(`${this.#now} ms: ${what}`);
  }

  /** Time passes, and what was to be stored late is stored. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#dueBy(until); next; next = this.#dueBy(until)) {
      this.#now = Math.max(this.#now, next.at);
      this.#late.splice(this.#late.indexOf(next), 1);
      this.tell('stored late:');
      this.#store(next.command);
      this.client.onStep();
    }
    this.#now = until;
  }

  /** Everything that was received is stored now. */
  landAll(): void {
    const last = Math.max(this.#now, ...this.#late.map(({ at }) => at));
    this.advance(last - this.#now);
  }

  /** A command other than APPEND is about to be carried out. */
  beforeCommand(line: ModelLine): void {
    this.advance(2);
    const choice = this.tape.next();
    const param = choice >> 4;
    switch (choice & 15) {
      case 1:
        this.#stranger(param);
        break;
      case 2:
        this.client.checkpoint();
        break;
      case 3:
        this.#vanish(param);
        break;
      case 4:
        this.advance(400);
        break;
      case 5:
        if (param < 8) this.#cut(line);
        break;
      case 6:
        if (param < 8) this.#crash(param);
        break;
      case 7:
        this.#setClock(param);
        break;
    }
    this.client.onStep();
  }

  /** APPENDs are on their way: they are taken up when the client has nothing more to say for now. */
  pump(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    setImmediate(() => {
      this.#pumping = false;
      this.#stepAppends();
      if (this.lines.some((line) => line.hasWork)) this.pump();
    });
  }

  /** A line is gone: what had been received may still be stored, each in its time. */
  abandoned(commands: readonly AppendCommand[]): void {
    let at = this.#now;
    const gaps = this.lateCommits === 'whenever' ? SOME_TIME : SOON;
    for (const command of commands) {
      const choice = this.tape.next();
      // A refused message moves no UIDNEXT, and so is no part of a standstill.
      if (choice % 3 === 0 || command.messages.some(({ mail }) => mail.refused)) continue;
      at += gaps[(choice >> 2) % gaps.length]!;
      this.#late.push({ at, command });
    }
  }

  #dueBy(until: number): Late | undefined {
    let next: Late | undefined;
    for (const late of this.#late) if (late.at <= until && (!next || late.at < next.at)) next = late;
    return next;
  }

  #stepAppends(): void {
    const busy = this.lines.filter((line) => line.hasWork);
    const [first] = busy;
    if (!first) return;
    this.advance(1);
    const choice = this.tape.next();
    const param = choice >> 4;
    const line = busy[param % busy.length]!;
    switch (choice & 15) {
      case 1:
      case 2:
        this.#process(line);
        break;
      case 3:
        line.answerNext();
        break;
      case 4:
        this.#process(line);
        this.#process(line);
        line.answerNext();
        break;
      case 5:
        this.#stranger(param);
        break;
      case 6:
        this.client.checkpoint();
        break;
      case 7:
        this.#vanish(param);
        break;
      case 8:
        this.#cut(line);
        break;
      case 9:
        for (const each of this.lines) this.#cut(each);
        break;
      case 10:
        this.#crash(param);
        break;
      case 11:
        this.advance(400);
        break;
      case 12:
        this.#setClock(param);
        break;
      default:
        this.#process(line);
        line.answerNext();
    }
    this.client.onStep();
  }

  #process(line: ModelLine): void {
    const command = line.toProcess();
    if (!command) return;
    if (command.messages.some(({ mail }) => mail.refused)) {
      this.tell(`line ${line.number}: APPEND of ${command.messages.map(({ origin }) => origin)} is refused`);
      line.processed(command, null);
    } else {
      line.processed(command, this.#store(command));
    }
  }

  #store({ messages, line }: AppendCommand): readonly Standing[] {
    const { traits } = this.schedule;
    const stored = messages.map(({ mail, form, date, flags, origin }) =>
      this.destination.add(mail, {
        form,
        rewrite: traits.rewrite,
        date: traits.dates === 'now' || date === null ? 1000 + Math.floor(this.#now / 1000) : date,
        flags: new Set(traits.dropsFlags ? [] : flags),
        origin,
      }),
    );
    this.#appends++;
    this.tell(`line ${line}: ${stored.map(({ uid, origin }) => `source ${origin} stored as ${uid}`).join(', ')}`);
    return stored;
  }

  /** Whether the OK to an APPEND carries APPENDUID. */
  get tellsUid(): boolean {
    const { appendUid } = this.schedule.traits;
    return appendUid === 'always' || (appendUid === 'sometimes' && this.#appends % 2 === 1);
  }

  /** Mail of somebody else comes in: like one of the source's in some way, or in none. */
  #stranger(param: number): void {
    const { source, traits } = this.schedule;
    const like = source[param % source.length]!;
    const n = ++this.#strangers;
    // By Message-ID, size and date mail from before us is taken as ours, and UIDs are learned without UIDPLUS.
    const twins = this.begun && traits.appendUid === 'always';
    const kinds = strangersLike(like, 100 + n, twins ? 'too' : 'never');
    const [kind, mail] = kinds[param % kinds.length]!;
    const { uid } = this.destination.add(mail);
    this.tell(`a stranger's message ${uid}, ${kind} (${source.indexOf(like) + 1})`);
  }

  #setClock(param: number): void {
    const by = (param % 2 === 0 ? 1 : -1) * HOUR;
    this.tell(`the clock on the wall is set by ${by} ms`);
    this.#jumped += by;
  }

  #vanish(param: number): void {
    const gone = this.source.messages[param % Math.max(1, this.source.messages.length)];
    if (!gone || this.source.messages.length < 2) return;
    this.tell(`${gone.uid} vanishes from the source`);
    this.source.remove(gone.uid);
  }

  #cut(line: ModelLine): void {
    this.tell(`line ${line.number} drops`);
    line.drop(new Error('the line was cut'));
  }

  #crash(param: number): void {
    const steps = param % 2 === 0 ? 0 : param;
    this.tell(steps === 0 ? 'the client dies' : `a checkpoint begins, and the client dies ${steps} disk steps into it`);
    this.client.die(steps);
    if (steps > 0) this.client.checkpoint();
  }
}

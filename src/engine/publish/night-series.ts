import { type BatchEntity, type Instant, isMoving, type MailboxState } from '../../protocol/entities.js';
import { forEachMark, inLongerStretches, type NightPace, type PaceMark } from '../../words/night-pace.js';
import { SIDES } from '../../words/side.js';

/** Stretches that are kept at most, and milliseconds of each at the beginning. */
const MOST = 240;
const FIRST_STRETCH = 10_000;
/** A rate is one of the last ten seconds: it says nothing of the time before. */
const LONGEST_RATE = 10_000;

const EVENTS = ['dropped', 'throttled', 'held'] as const satisfies readonly PaceMark[];
type Event = (typeof EVENTS)[number];
export type Standstill = Exclude<PaceMark, Event>;

/** A batch at one moment. */
export interface PaceSample {
  /** Copied so far. */
  readonly messages: number;
  readonly bytesPerSecond: number;
  /** How often it has happened in this run, or, of `held`, how many mailboxes are. */
  readonly events: Readonly<Record<Event, number>>;
  /** It is so from now on. */
  readonly standstills: ReadonlySet<Standstill>;
}

/**
 * The pace of a whole night in a bounded number of stretches: when there are too many, two become one. The time goes on
 * by itself: a stretch of which nothing was heard is one in which nothing moved.
 */
export class NightSeries {
  #pace: NightPace;
  #before: PaceSample | null = null;

  /** @param kept  what the last engine wrote down; null: nothing is known of any time before now */
  constructor(kept: NightPace | null, now: Instant) {
    this.#pace = kept ?? {
      from: now,
      until: now,
      stretch: FIRST_STRETCH,
      messages: [],
      bytes: [],
      marks: forEachMark(() => []),
    };
    if (kept !== null) this.#goOn(now, new Set<PaceMark>(['no engine']));
  }

  get pace(): NightPace {
    const { bytes, ...pace } = this.#pace;
    return { ...pace, bytes: bytes.map(Math.round) };
  }

  /** The clock on the wall was set. @param by  milliseconds */
  clockSet(by: number): void {
    const { from, until } = this.#pace;
    this.#pace = { ...this.#pace, from: from + by, until: until + by };
  }

  note(now: Instant, sample: PaceSample): void {
    const before = this.#before;
    const ms = Math.max(0, now - this.#pace.until);
    this.#before = sample;
    this.#goOn(now, new Set<PaceMark>(before?.standstills));
    // Messages of earlier runs are no rate of this one.
    if (before === null) return;
    const happened = EVENTS.filter((event) => sample.events[event] > before.events[event]);
    this.#add(
      Math.max(0, sample.messages - before.messages),
      (sample.bytesPerSecond * Math.min(ms, LONGEST_RATE)) / 1000,
    );
    this.#mark(new Set(happened), this.#indexOf(this.#pace.until));
  }

  /** Time goes on until now, in which it was so. */
  #goOn(now: Instant, so: ReadonlySet<PaceMark>): void {
    // A clock that was set back, unnoticed: time goes on when it has caught up.
    const until = Math.max(now, this.#pace.until);
    while (until - this.#pace.from >= MOST * this.#pace.stretch) this.#pace = inLongerStretches(this.#pace, 2);
    const first = this.#indexOf(this.#pace.until);
    this.#pace = { ...this.#pace, until };
    const last = this.#indexOf(until);
    const filled = (values: readonly number[]) => [
      ...values,
      ...Array.from({ length: Math.max(0, last + 1 - values.length) }, () => 0),
    ];
    const { messages, bytes } = this.#pace;
    if (messages.length <= last) this.#pace = { ...this.#pace, messages: filled(messages), bytes: filled(bytes) };
    if (so.size > 0) for (let index = first; index <= last; index++) this.#mark(so, index);
  }

  #indexOf(at: Instant): number {
    return Math.floor((at - this.#pace.from) / this.#pace.stretch);
  }

  #add(messages: number, bytes: number): void {
    const at = this.#indexOf(this.#pace.until);
    const plus = (values: readonly number[], more: number) => values.with(at, (values[at] ?? 0) + more);
    if (messages === 0 && bytes === 0) return;
    const pace = this.#pace;
    this.#pace = { ...pace, messages: plus(pace.messages, messages), bytes: plus(pace.bytes, bytes) };
  }

  #mark(marks: ReadonlySet<PaceMark>, index: number): void {
    const before = this.#pace.marks;
    const news = [...marks].filter((mark) => before[mark].at(-1) !== index && !before[mark].includes(index));
    if (news.length === 0) return;
    const added = Object.fromEntries(news.map((mark) => [mark, [...before[mark], index]]));
    this.#pace = { ...this.#pace, marks: { ...before, ...added } };
  }
}

/** How a batch stands still, as far as it does. */
export function standstillsOf({
  byState,
  state,
  closedUntil,
  endpoints,
}: Pick<BatchEntity, 'byState' | 'state' | 'closedUntil' | 'endpoints'>): ReadonlySet<Standstill> {
  const kinds = Object.keys(byState) as MailboxState['kind'][];
  const isAtWork = kinds.some((kind) => isMoving(kind) && byState[kind] > 0);
  const found: readonly (readonly [Standstill, boolean])[] = [
    ['left alone', SIDES.some((side) => endpoints[side].some(({ circuit }) => circuit !== null))],
    ['window closed', closedUntil !== null],
    ['resting', !isAtWork && byState['backing-off'] > 0],
    ['paused', state === 'paused'],
  ];
  return new Set(found.flatMap(([standstill, isSo]) => (isSo ? [standstill] : [])));
}

import fc from 'fast-check';
import type { Mail, Rewrite } from './mail.js';

/** Traits of the destination's server. */
interface Traits {
  readonly writers: 1 | 2 | 3;
  readonly multiAppend: boolean;
  readonly appendUid: 'always' | 'never' | 'sometimes';
  readonly tellsUidNext: boolean;
  readonly rewrite: Rewrite;
  /** `now`: the server gives every message the date of its arrival. */
  readonly dates: 'kept' | 'now';
  readonly dropsFlags: boolean;
}

/**
 * A night of the model: the messages to be moved, the messages at the destination, the traits of the server, and the
 * faults.
 */
export interface Schedule {
  readonly source: readonly Mail[];
  /** Source messages, by index, of which a user's own copy is at the destination before us. */
  readonly before: readonly number[];
  readonly traits: Traits;
  readonly tape: readonly number[];
}

const mail: fc.Arbitrary<Mail> = fc.nat({ max: 4 * 2 * 3 * 3 * 2 * 8 * 16 * 8 - 1 }).map((n) => {
  const digit = (base: number) => {
    const value = n % base;
    n = Math.floor(n / base);
    return value;
  };
  const id = digit(4);
  const [body, bareLf, refused] = [digit(2), digit(8) === 1, digit(16) === 1];
  return {
    id: id === 3 ? null : id,
    body,
    size: digit(3) as Mail['size'],
    // These messages have equal Message-ID, size and date, and other content. Before our first run they are taken for
    // the same.
    date: digit(3) + (id === 3 ? 0 : 10 * (body + 2 * Number(bareLf) + 4 * Number(refused))),
    flagged: digit(2) === 1,
    bareLf,
    refused,
    mended: digit(8) === 1 ? 1 : 0,
  };
});

/** Gives each message that is sent repaired a number of its own, so that its bytes differ from all others. */
function numbered(mails: readonly Mail[]): Mail[] {
  return mails.map((one, i) => (one.mended > 0 ? { ...one, mended: i + 1, date: one.date + 10_000 * (i + 1) } : one));
}

const traits: fc.Arbitrary<Traits> = fc.record({
  writers: fc.constantFrom(1, 2, 3),
  multiAppend: fc.boolean(),
  appendUid: fc.constantFrom('always', 'always', 'never', 'sometimes'),
  tellsUidNext: fc.nat({ max: 7 }).map((n) => n < 7),
  rewrite: fc.constantFrom('none', 'none', 'line ends', 'headers'),
  dates: fc.nat({ max: 7 }).map((n) => (n < 7 ? 'kept' : 'now')),
  dropsFlags: fc.nat({ max: 7 }).map((n) => n === 7),
});

/** Choices are bytes, and 0 disturbs nothing, so shrinking leaves fewer faults. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  source: fc.array(mail, { minLength: 1, maxLength: 7 }).map(numbered),
  before: fc.array(fc.nat({ max: 6 }), { maxLength: 2 }),
  traits,
  tape: fc.array(fc.nat({ max: 255 }), { maxLength: 60, size: 'max' }),
});

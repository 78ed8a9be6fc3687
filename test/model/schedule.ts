import fc from 'fast-check';
import type { Mail, Rewrite } from './mail.js';

/** Traits of the destination's server. */
interface Traits {
  readonly writers: 1 | 2 | 3;
  readonly multiAppend: boolean;
  readonly appendUid: 'always' | 'never' | 'sometimes';
  readonly tellsUidNext: boolean;
  readonly rewrite: Rewrite;
  /** `now`: it gives every message the date of its arrival. */
  readonly dates: 'kept' | 'now';
  readonly dropsFlags: boolean;
}

/** A night: what is to be moved, what stands there before, who is at the other end, and what goes wrong when. */
export interface Schedule {
  readonly source: readonly Mail[];
  /** A user's own copies of source messages, by index, there before us. */
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
    // Message-ID, size and date all equal and the content not: from before us that is taken for the same.
    date: digit(3) + (id === 3 ? 0 : 10 * (body + 2 * Number(bareLf) + 4 * Number(refused))),
    flagged: digit(2) === 1,
    bareLf,
    refused,
    mended: digit(8) === 1 ? 1 : 0,
  };
});

/** Each that is sent repaired gets a number of its own, so that it is told from its equals by its bytes. */
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

/** A byte is a choice, and 0 the one that disturbs nothing: what is shrunk is what happens less. */
export const schedules: fc.Arbitrary<Schedule> = fc.record({
  source: fc.array(mail, { minLength: 1, maxLength: 7 }).map(numbered),
  before: fc.array(fc.nat({ max: 6 }), { maxLength: 2 }),
  traits,
  tape: fc.array(fc.nat({ max: 255 }), { maxLength: 60, size: 'max' }),
});

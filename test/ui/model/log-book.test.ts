import { describe, expect, it } from 'vitest';
import { failureLine, LINES_KEPT, LogBook } from '../../../src/ui/model/log-book.js';
import { aLine, NOW } from '../support/a-batch.js';
import { anEntry } from '../support/some-errors.js';

describe('the log book', () => {
  it('does not double what was asked for and told as well, in either order', () => {
    const lines = [
      aLine('one', { at: 1 }),
      aLine('two', { at: 2 }),
      aLine('two', { at: 2 }),
      aLine('three', { at: 3 }),
    ];
    const askedFirst = new LogBook();
    askedFirst.seed(lines);
    askedFirst.add(lines.slice(1));
    askedFirst.add([aLine('four', { at: 4 })]);
    expect(askedFirst.lines.map(({ text }) => text)).toEqual(['one', 'two', 'two', 'three', 'four']);
    const toldFirst = new LogBook();
    toldFirst.add(lines.slice(2));
    toldFirst.seed(lines);
    expect(toldFirst.lines.map(({ text }) => text)).toEqual(['one', 'two', 'two', 'three']);
  });

  it('keeps the last lines and lets the first go', () => {
    const book = new LogBook();
    book.add(Array.from({ length: LINES_KEPT + 10 }, (_, at) => aLine(String(at), { at })));
    expect(book.lines).toHaveLength(LINES_KEPT);
    expect(book.lines[0]?.text).toBe('10');
  });

  it('gives another array after a change, and the same one without', () => {
    const book = new LogBook();
    book.add([aLine('one')]);
    const before = book.lines;
    book.add([]);
    expect(book.lines).toBe(before);
    book.add([aLine('two')]);
    expect(book.lines).not.toBe(before);
    expect(before).toHaveLength(1);
  });

  it('says of a failure how many messages it was of', () => {
    const failure = { ...anEntry('maria', 0), at: NOW };
    expect(failureLine(failure).text).toBe('APPEND: NO [OVERQUOTA] Quota exceeded (mailbox for user is full)');
    expect(failureLine({ ...failure, count: 1 }).text).toContain('(1 message)');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Column,
  chosenOrder,
  fittedTo,
  placeColumns,
  type SortOrder,
  sortRows,
} from '../../../src/ui/components/columns.js';
import { NO_MARKS, toggleAll, toggleMark, withoutVanished } from '../../../src/ui/components/marks.js';
import { AT_TOP, follow, keepInView, type ScrollMove, scrollBy, seenRange } from '../../../src/ui/components/scroll.js';
import { toastHistory } from '../../../src/ui/components/ToastLine.js';
import { EMPTY_TEXT, selectedText, textOf, textValue, typeInto } from '../../../src/ui/components/text-value.js';
import { addToast, shownToast } from '../../../src/ui/components/toast-list.js';
import { readKeys } from '../../../src/ui/terminal/keys.js';
import { textFilter } from '../../../src/ui/text/filter-text.js';
import { DRAWN } from '../../../src/ui/text/glyphs.js';
import { plainText } from '../../../src/ui/text/spans.js';

describe('columns of a list of few rows', () => {
  it('leave to those that are cut what they do not need', () => {
    const column = (id: string, text: string): Column<string> => ({
      ...{ id, title: id, least: 6, most: 40, priority: 0 },
      text: () => text,
    });
    const columns = [column('name', 'night'), column('says', '1 needs you, 1 at work, 1 error')];
    const widths = placeColumns(fittedTo(columns, ['row']), 50).map(({ width }) => width);
    expect(widths).toEqual([6, 31]);
  });
});

describe('scrolling', () => {
  const moves = fc.constantFrom<ScrollMove>('up', 'down', 'page-up', 'page-down', 'first', 'last');

  it('keeps the cursor in the list and in view, and no blank rows, whatever is pressed and however the list changes', () => {
    const steps = fc.array(fc.tuple(moves, fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 15 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(steps, (all) => {
        let scroll = AT_TOP;
        for (const [move, count, seen] of all) {
          scroll = scrollBy(scroll, move, count, seen);
          expect(scroll.cursor).toBeGreaterThanOrEqual(0);
          expect(scroll.cursor).toBeLessThan(Math.max(1, count));
          expect(scroll.cursor - scroll.top).toBeGreaterThanOrEqual(0);
          expect(scroll.cursor - scroll.top).toBeLessThan(seen);
          expect(scroll.top).toBeLessThanOrEqual(Math.max(0, count - seen));
        }
      }),
    );
  });

  it('goes with its row when others come above it', () => {
    const at = { cursor: 12, top: 10 };
    expect(follow(at, 15, 50, 10)).toEqual({ cursor: 15, top: 13 });
    expect(follow(at, -1, 12, 10)).toEqual({ cursor: 11, top: 2 });
    expect(keepInView({ cursor: 3, top: 0 }, 0, 10)).toEqual(AT_TOP);
    expect(seenRange({ cursor: 12, top: 10 }, 21, 6)).toBe('11-16 of 21');
    expect(seenRange(AT_TOP, 0, 6)).toBe('0 of 0');
  });
});

interface Row {
  readonly name: string;
  readonly left: number;
}
const columns: readonly Column<Row>[] = [
  { id: 'name', title: 'mailbox', least: 10, most: 40, priority: 0, text: (row) => row.name, order: (row) => row.name },
  {
    id: 'left',
    title: 'left',
    least: 6,
    most: 6,
    priority: 1,
    align: 'right',
    text: (row) => String(row.left),
    order: (row) => row.left,
  },
  { id: 'note', title: 'note', least: 12, most: 30, priority: 2, text: () => 'note' },
];

describe('columns', () => {
  it('go by their priority where room is short, and grow to their most where it is not', () => {
    const shape = (width: number) =>
      placeColumns(columns, width).map(({ column, width: cells }) => `${column.id} ${cells}`);
    expect(shape(17)).toEqual(['name 17']);
    expect(shape(18)).toEqual(['name 10', 'left 6']);
    expect(shape(36)).toEqual(['name 12', 'left 6', 'note 14']);
    expect(shape(200)).toEqual(['name 40', 'left 6', 'note 30']);
  });

  it('never take more than there is, and use what there is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10, max: 150 }), (width) => {
        const placed = placeColumns(columns, width);
        const taken = placed.reduce((sum, one) => sum + one.width, 0) + 2 * (placed.length - 1);
        expect(taken).toBeLessThanOrEqual(width);
        if (placed.some(({ column, width: cells }) => cells < column.most)) expect(taken).toBe(width);
      }),
    );
  });

  it('sort both ways, equal rows in their order, and come back to the order of the list', () => {
    const rows = [
      { name: 'b', left: 1 },
      { name: 'a', left: 2 },
      { name: 'c', left: 1 },
    ];
    const names = (order: SortOrder) =>
      sortRows(rows, columns, order)
        .map(({ name }) => name)
        .join('');
    const seen: string[] = [];
    let order: SortOrder = null;
    for (const chosen of ['name', 'name', 'left', 'left', null]) {
      order = chosenOrder(columns, order, chosen);
      seen.push(order ? `${order.by} ${order.direction} ${names(order)}` : names(order));
    }
    expect(seen).toEqual(['name up abc', 'name down cba', 'left down abc', 'left up bca', 'bac']);
  });
});

describe('a filter', () => {
  it.each([
    ['', 'anything', true],
    ['ann OLD', 'ann@old.example', true],
    ['ann !old', 'ann@old.example', false],
    ['!old', 'ann@new.example', true],
    ['! ann old', 'ann@old.example', false],
    ['! ann old', 'ann@new.example', true],
    ['!', 'anything', true],
  ])('%j on %j: %s', (typed, row, matches) => expect(textFilter(typed).matches(row)).toBe(matches));
});

describe('marks', () => {
  it('are set and taken one by one or for all that is seen, and do not outlive their rows', () => {
    const one = toggleMark(NO_MARKS, 'a');
    expect([...toggleAll(one, ['b', 'c'])].sort()).toEqual(['a', 'b', 'c']);
    expect([...toggleAll(toggleAll(one, ['b', 'c']), ['b', 'c'])]).toEqual(['a']);
    expect([...toggleMark(one, 'a')]).toEqual([]);
    expect([...withoutVanished(toggleMark(one, 'b'), (id) => id === 'b')]).toEqual(['b']);
    expect(withoutVanished(one, () => true)).toBe(one);
  });
});

describe('a text field', () => {
  const typed = (sent: string, from = EMPTY_TEXT) => readKeys(sent).keys.reduce(typeInto, from);

  it.each([
    ['hello', 'hello'],
    ['héllo\u007f\u007f', 'hél'],
    ['ab\u001b[D\u001b[Dx', 'xab'],
    ['one two\u0017three', 'one three'],
    ['abc\u0015d', 'd'],
    ['abc\u0001\u000bd', 'd'],
    ['abc\u001b[H\u001b[3~', 'bc'],
    ['a b', 'a b'],
    ['\u001b[200~two\nlines\u001b[201~!', 'two lines!'],
    ['👨‍👩‍👧', '👨‍👩‍👧'],
    ['👨‍👩‍👧x\u007f\u007f', ''],
    ['pa\u200bss', 'pa\u200bss'],
  ])('holds after %j: %j', (sent, held) => expect(textOf(typed(sent))).toBe(held));

  it.each([
    ['5', '5'],
    ['30-45', '30-45'],
    ['\u007f', '60-9'],
    ['\u001b[F5', '60-905'],
    ['\u001b[D\u007f', '60-0'],
    ['\u0015', ''],
    ['\u001b[200~20-30\u001b[201~', '20-30'],
  ])('whose old value is selected holds after %j: %j', (sent, held) => {
    expect(textOf(typed(sent, selectedText('60-90')))).toBe(held);
  });

  it('takes a character back as it was seen', () => {
    expect(textOf(typed('\u007f', textValue('cafe\u0301')))).toBe('caf');
  });
});

describe('toasts', () => {
  it('are whole in their history, the newest first', () => {
    const say = (text: string) => ({ tone: 'alert', text, at: 0 }) as const;
    const long = 'maria@new.example is held: destination: NO [OVERQUOTA] Quota exceeded (mailbox for user is full)';
    const list = addToast(addToast([], say('first')), say(long));
    const lines = toastHistory(list, 80, DRAWN).map(plainText);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^ 00:00:00 {2}▲ maria@new.example is held/);
    expect(`${lines[0]} ${lines[1]?.trim()}`).toContain(long);
    expect(lines[2]).toBe(' 00:00:00  ▲ first');
  });

  it('are seen for a while, alerts longer, and are counted when they repeat', () => {
    const say = (tone: 'good' | 'alert', text: string, at: number) => ({ tone, text, at }) as const;
    let list = addToast([], say('good', 'copied', 0));
    list = addToast(list, say('good', 'copied', 1_000));
    expect(list).toEqual([{ tone: 'good', text: 'copied', at: 1_000, times: 2 }]);
    expect(shownToast(list, 4_999)?.times).toBe(2);
    expect(shownToast(list, 5_000)).toBeNull();
    expect(shownToast(addToast(list, say('alert', 'gone', 5_000)), 14_000)?.text).toBe('gone');
    for (let n = 0; n < 300; n++) list = addToast(list, say('good', `note ${n}`, n));
    expect(list).toHaveLength(200);
  });
});

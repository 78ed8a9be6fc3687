import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moveNight, nightLayout, topPaneRow } from '../../../../src/ui/screens/night/layout.js';

const NONE = { mailboxes: 0, causes: 0 };

describe('how the night divides its lines', () => {
  it('is as it is drawn at 80x24: two that need a hand, six panes in two columns', () => {
    expect(nightLayout({ mailboxes: 2, causes: 2 }, 11, 80, 23)).toEqual({
      needs: 2,
      workers: 'panes',
      columns: 2,
      paneWidth: 39,
      paneHeight: 5,
      paneRows: 3,
      rest: 0,
    });
  });

  it('has more columns where it is wider, and taller panes where it is high', () => {
    expect(nightLayout(NONE, 11, 120, 39)).toMatchObject({ columns: 3, paneHeight: 6 });
    expect(nightLayout(NONE, 11, 200, 59)).toMatchObject({ columns: 5, paneHeight: 6, paneRows: 3 });
  });

  it('has a line for each of twelve and more, under their titles', () => {
    expect(nightLayout({ mailboxes: 2, causes: 2 }, 12, 80, 23)).toMatchObject({
      workers: 'lines',
      columns: 1,
      paneHeight: 1,
      paneRows: 12,
    });
    expect(nightLayout({ mailboxes: 2, causes: 2 }, 100, 80, 23)).toMatchObject({
      workers: 'lines',
      paneRows: 14,
      rest: 0,
    });
  });

  it('leaves room for panes however many need a hand', () => {
    const { needs, paneRows } = nightLayout({ mailboxes: 400, causes: 6 }, 20, 80, 23);
    expect(needs).toBeLessThanOrEqual(6);
    expect(paneRows).toBeGreaterThanOrEqual(2);
  });

  it('gives what needs a hand all the room that the panes leave, and gathers it by cause where that does not do', () => {
    expect(nightLayout({ mailboxes: 30, causes: 3 }, 0, 80, 23)).toMatchObject({ needs: 3, rest: 13 });
    expect(nightLayout({ mailboxes: 30, causes: 30 }, 0, 80, 23)).toMatchObject({ needs: 16, rest: 0 });
    expect(nightLayout({ mailboxes: 12, causes: 2 }, 0, 80, 23)).toMatchObject({ needs: 12, rest: 4 });
    expect(nightLayout({ mailboxes: 9, causes: 2 }, 1, 80, 23)).toMatchObject({ needs: 9, paneRows: 1 });
  });

  it('never draws more lines than there are', () => {
    const size = fc.record({
      needs: fc.nat(50),
      workers: fc.nat(120),
      width: fc.integer({ min: 80, max: 260 }),
      height: fc.integer({ min: 22, max: 80 }),
    });
    fc.assert(
      fc.property(size, fc.nat(50), ({ needs, workers, width, height }, more) => {
        const layout = nightLayout({ mailboxes: needs + more, causes: needs }, workers, width, height);
        const panes = workers === 0 ? 1 : layout.paneRows * layout.paneHeight;
        expect(
          4 +
            (layout.needs > 0 ? 1 + layout.needs : 0) +
            1 +
            panes +
            (layout.workers === 'lines' ? 1 : 0) +
            layout.rest,
        ).toBe(height);
        // No line stays empty while a row is hidden.
        if (layout.needs < needs) expect(layout.rest).toBe(0);
        expect(layout.columns * layout.paneWidth + 2 * (layout.columns - 1)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe('the cursor of the night', () => {
  const place = { needs: 2, workers: 5, columns: 2, page: 4 };

  it('goes from those that need a hand into the panes and back', () => {
    expect(moveNight(0, 'down', place)).toBe(1);
    expect(moveNight(1, 'down', place)).toBe(2);
    expect(moveNight(2, 'down', place)).toBe(4);
    expect(moveNight(3, 'down', place)).toBe(5);
    // Below the last full row there is a shorter one.
    expect(moveNight(5, 'down', place)).toBe(6);
    expect(moveNight(6, 'down', place)).toBe(6);
    expect(moveNight(4, 'up', place)).toBe(2);
    expect(moveNight(3, 'up', place)).toBe(1);
    expect(moveNight(2, 'right', place)).toBe(3);
    expect(moveNight(0, 'left', place)).toBe(0);
  });

  it('goes by pages, to the first and to the last', () => {
    expect(moveNight(0, 'page-down', place)).toBe(2);
    expect(moveNight(2, 'page-down', place)).toBe(6);
    expect(moveNight(6, 'page-up', place)).toBe(2);
    expect(moveNight(3, 'last', place)).toBe(6);
    expect(moveNight(3, 'first', place)).toBe(0);
  });

  it('stays inside whatever is pressed', () => {
    const moves = fc.array(
      fc.constantFrom(...(['up', 'down', 'left', 'right', 'page-up', 'page-down', 'first', 'last'] as const)),
    );
    const shape = fc.record({
      needs: fc.nat(4),
      workers: fc.nat(30),
      columns: fc.integer({ min: 1, max: 5 }),
      page: fc.integer({ min: 1, max: 20 }),
    });
    fc.assert(
      fc.property(moves, shape, (keys, { needs, workers, columns, page }) => {
        let cursor = 0;
        for (const key of keys) {
          cursor = moveNight(cursor, key, { needs, workers, columns, page });
          expect(cursor).toBeGreaterThanOrEqual(0);
          expect(cursor).toBeLessThan(Math.max(1, needs + workers));
        }
      }),
    );
  });

  it('pages the panes, whole rows at a time', () => {
    expect([0, 1, 5, 6, 11, 12].map((pane) => topPaneRow(pane, 2, 3))).toEqual([0, 0, 0, 3, 3, 6]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { areaLines } from '../../../src/ui/text/area.js';
import { ASCII, DRAWN } from '../../../src/ui/text/glyphs.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';

it('draws each value as a column that stands on the last line', () => {
  expect(areaLines([0, 1, 4, 8, 12, 16, 99, Number.NaN], 16, 2, DRAWN)).toEqual(['    ▄██ ', ' ▁▄████ ']);
  expect(areaLines([0, 1, 7, 10, 14], 14, 2, ASCII)).toEqual(['   -#', ' _###']);
});

it.each([DRAWN, ASCII])(
  'is as wide as there are values, shows all that is not zero, and never more than the top',
  (glyphs) => {
    const values = fc.array(fc.double({ min: 0, max: 1e9, noNaN: true }), { maxLength: 50 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 6 }),
        fc.double({ min: 0.1, max: 1e9, noNaN: true }),
        (all, lines, top) => {
          const drawn = areaLines(all, top, lines, glyphs);
          expect(drawn).toHaveLength(lines);
          for (const line of drawn) expect(widthOf(line)).toBe(all.length);
          const columns = all.map((_, x) => drawn.map((line) => [...line][x] ?? '').join(''));
          for (const [x, column] of columns.entries()) {
            expect(column.trim() === '').toBe(all[x] === 0);
            // No hole in it: blanks are above, whole cells below.
            expect(column.trimStart()).not.toContain(' ');
            if ((all[x] ?? 0) >= top) expect(column).toBe((glyphs.heights.at(-1) ?? '').repeat(lines));
          }
        },
      ),
    );
  },
);

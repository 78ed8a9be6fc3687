import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bar } from '../../../src/ui/text/bar.js';
import { ASCII, DRAWN } from '../../../src/ui/text/glyphs.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { sparkline } from '../../../src/ui/text/sparkline.js';

describe('bars and lines', () => {
  it('moves by eighths of a cell, by whole cells in ASCII', () => {
    expect(bar(0.5, 4, DRAWN)).toEqual({ done: '██', left: '░░' });
    expect(bar(0.53125 + 0.03125, 4, DRAWN)).toEqual({ done: '██▎', left: '░' });
    expect(bar(0.6, 4, ASCII)).toEqual({ done: '##', left: '..' });
    expect(bar(Number.NaN, 3, DRAWN)).toEqual({ done: '', left: '░░░' });
  });

  it('has its width, never shrinks as the share grows, and is full only when all is done', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        share,
        share,
        fc.integer({ min: 2, max: 60 }),
        fc.constantFrom(DRAWN, ASCII),
        (a, b, width, glyphs) => {
          const [less, more] = [bar(Math.min(a, b), width, glyphs), bar(Math.max(a, b), width, glyphs)];
          expect(widthOf(less.done + less.left)).toBe(width);
          expect(less.done.length).toBeLessThanOrEqual(more.done.length);
          expect(more.done === glyphs.full.repeat(width)).toBe(Math.max(a, b) === 1);
          if (a > 0 && b > 0) expect(less.done).not.toBe('');
        },
      ),
    );
  });

  it('draws rates against the highest, and nothing where nothing is known', () => {
    expect(sparkline([0, 1, 4, 8], 4, DRAWN)).toBe('▁▂▅█');
    expect(sparkline([8, null, 4], 5, DRAWN)).toBe('  █ ▅');
    expect(sparkline([1, 2, 3, 4, 5, 6], 2, DRAWN)).toHaveLength(2);
    expect(sparkline([0, 0], 2, DRAWN)).toBe('▁▁');
  });

  it('has an ASCII twin for every sign', () => {
    for (const [name, drawn] of Object.entries(DRAWN)) {
      expect(ASCII).toHaveProperty(name);
      expect(drawn.length, name).toBeGreaterThan(0);
    }
    expect(JSON.stringify(ASCII)).toMatch(/^[\u0020-\u007e]+$/);
  });
});

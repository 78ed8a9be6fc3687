import type { Glyphs } from './glyphs.js';

/**
 * Values as columns that stand on the last of so many lines, the top line first. A value above zero has the lowest
 * height at least, so that it is seen.
 *
 * @param top  the value that fills all lines; more is cut to that
 */
export function areaLines(values: readonly number[], top: number, lines: number, glyphs: Glyphs): readonly string[] {
  const { heights } = glyphs;
  const whole = heights.length * lines;
  const steps = values.map((value) => {
    if (!(value > 0) || !(top > 0)) return 0;
    return Math.min(whole, Math.max(1, Math.round((value / top) * whole)));
  });
  return Array.from({ length: lines }, (_, line) => {
    const below = (lines - 1 - line) * heights.length;
    return steps.map((step) => (step <= below ? ' ' : heights[Math.min(heights.length, step - below) - 1])).join('');
  });
}

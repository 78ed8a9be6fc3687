import type { Glyphs } from './glyphs.js';

/**
 * The last values as one line of heights against the highest of them. A blank is a time that nothing is
 * known of, the lowest sign a value of zero.
 *
 * @param values oldest first; the last `width` are shown, right-aligned
 */
export function sparkline(values: readonly (number | null)[], width: number, glyphs: Glyphs): string {
  const shown = values.slice(Math.max(0, values.length - Math.max(0, width)));
  const top = shown.reduce<number>((highest, value) => Math.max(highest, value ?? 0), 0);
  const line = shown.map((value) => {
    if (value === null || !Number.isFinite(value)) return ' ';
    const share = top === 0 ? 0 : Math.max(0, value) / top;
    // Zero alone is the lowest height; everything else starts one above it.
    const step = share === 0 ? 0 : Math.max(1, Math.ceil(share * (glyphs.heights.length - 1)));
    return glyphs.heights[step] ?? ' ';
  });
  return line.join('').padStart(Math.max(0, width));
}

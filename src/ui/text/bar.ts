import type { Glyphs } from './glyphs.js';

/** A progress bar in two pieces, so that each has its own tone. Together exactly `width` cells. */
export interface Bar {
  readonly done: string;
  readonly left: string;
}

/**
 * In eighths of a cell where they can be drawn. What is begun shows at least the thinnest piece, and
 * only what is whole fills the bar.
 *
 * @param share 0 to 1; more or less is cut to that
 * @param width cells
 */
export function bar(share: number, width: number, glyphs: Glyphs): Bar {
  const steps = glyphs.eighths.length + 1;
  const room = Math.max(0, Math.floor(width));
  const whole = room * steps;
  const wanted = Number.isFinite(share) ? Math.floor(Math.min(1, Math.max(0, share)) * whole) : 0;
  const drawn = share > 0 && wanted === 0 ? Math.min(1, Math.max(0, whole - 1)) : wanted;
  const part = glyphs.eighths[(drawn % steps) - 1] ?? '';
  const done = glyphs.full.repeat(Math.floor(drawn / steps)) + part;
  return { done, left: glyphs.empty.repeat(room - done.length) };
}

/** Every sign that is not a letter: as it is drawn, and its twin where only ASCII arrives. */
const TABLE = {
  topLeft: ['╭', '+'],
  topRight: ['╮', '+'],
  bottomLeft: ['╰', '+'],
  bottomRight: ['╯', '+'],
  horizontal: ['─', '-'],
  vertical: ['│', '|'],
  cursor: ['▸', '>'],
  mark: ['●', '*'],
  unmarked: ['○', 'o'],
  alert: ['▲', '!'],
  good: ['✓', 'v'],
  bad: ['✗', 'x'],
  crumb: ['›', '>'],
  to: ['→', '->'],
  from: ['←', '<-'],
  up: ['↑', '^'],
  down: ['↓', 'v'],
  ellipsis: ['…', '~'],
  hidden: ['●', '*'],
  axis: ['┼', '+'],
  dotted: ['┊', ':'],
  full: ['█', '#'],
  empty: ['░', '.'],
  middot: ['·', '.'],
} as const satisfies Record<string, readonly [drawn: string, ascii: string]>;

type GlyphName = keyof typeof TABLE;

export interface Glyphs extends Readonly<Record<GlyphName, string>> {
  /** One eighth to seven eighths of a cell, from the left. Empty where they cannot be drawn. */
  readonly eighths: readonly string[];
  /** Heights of a sparkline from the lowest to the whole cell. */
  readonly heights: readonly string[];
}

function glyphs(column: 0 | 1): Record<GlyphName, string> {
  const entries = Object.entries(TABLE).map(([name, pair]) => [name, pair[column]]);
  return Object.fromEntries(entries) as Record<GlyphName, string>;
}

export const DRAWN: Glyphs = {
  ...glyphs(0),
  eighths: ['▏', '▎', '▍', '▌', '▋', '▊', '▉'],
  heights: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
};

export const ASCII: Glyphs = { ...glyphs(1), eighths: [], heights: ['_', '.', '-', '=', '+', '*', '#'] };

/** The signs that a terminal of this character set shows. */
export function glyphsFor(charset: 'unicode' | 'ascii'): Glyphs {
  return charset === 'ascii' ? ASCII : DRAWN;
}

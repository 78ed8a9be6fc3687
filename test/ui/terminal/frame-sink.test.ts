import { describe, expect, it } from 'vitest';
import { FrameSink } from '../../../src/ui/terminal/frame-sink.js';
import { readRow } from '../../../src/ui/terminal/row.js';
import { ENTER_SCREEN } from '../../../src/ui/terminal/screen-codes.js';
import { ManualClock } from '../support/manual-clock.js';
import { EmulatedTerminal, PaperTerminal } from '../support/paper-terminal.js';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
];

/** Mulberry32: the same frames in each run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PIECES = [
  ...[
    'ann',
    'INBOX',
    '57%',
    '███▋',
    '░░░',
    '│',
    '╭──',
    '日本支社',
    '下書き',
    '한국어',
    'Müller',
    'Ünïcödé',
    'Ω',
    'Привет',
  ],
  ...['👍', '👨‍👩‍👧', '🇩🇪', 'é', 'नमस्ते', 'العربية', '⚠️', '①', '¡', '✓', '▲', 'ﾊﾝｶｸ', 'Ａ', '—', '  ', ' ', '   '],
];
const STYLES = ['1', '1;2', '2', '7', '4', '31', '36', '90', '1;33', '42', '38;5;208', '38;2;1;2;3', '97;44', '3'];

/** @returns a frame of so many lines, made of words in colours that may go over the edge */
function randomLine(next: () => number, width: number): string {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  let line = '';
  for (let i = Math.floor((next() * width) / 3); i > 0; i--) {
    line += next() < 0.4 ? `\u001b[${pick(STYLES)}m${pick(PIECES)}\u001b[m` : pick(PIECES);
  }
  return line;
}

describe.each(SIZES)('the frame sink at $columns x $rows', (size) => {
  it('leaves no wrong cell over 1,000 random updates', { timeout: 120_000 }, async () => {
    const next = random(size.columns);
    const clock = new ManualClock();
    const paper = new PaperTerminal(size);
    const sink = new FrameSink(paper, { clock, charset: 'unicode' });
    const terminal = new EmulatedTerminal(size);
    await terminal.show(ENTER_SCREEN);
    sink.open();
    let lines = Array.from({ length: size.rows }, () => randomLine(next, size.columns));
    for (let update = 0; update < 1_000; update++) {
      lines = lines.map((line, y) => {
        const luck = next();
        if (luck < 0.05) return randomLine(next, size.columns);
        if (luck < 0.08) return lines[(y + 1) % lines.length] ?? '';
        if (luck < 0.1) return '';
        if (luck < 0.2) return `${line.slice(0, line.lastIndexOf(' ') + 1)}${Math.floor(next() * 1e6)}`;
        return line;
      });
      sink.hurry();
      sink.take(lines.join('\n'));
      await terminal.show(paper.take());
      // Drawn from nothing: what the changes must have led to.
      if (update % 20 !== 0 && update < 990) continue;
      const fresh = new EmulatedTerminal(size);
      const once = new PaperTerminal(size);
      const whole = new FrameSink(once, { clock, charset: 'unicode' });
      whole.open();
      whole.take(lines.join('\n'));
      await fresh.show(ENTER_SCREEN + once.take());
      expect(terminal.cells(), `update ${update}`).toEqual(fresh.cells());
      // And what a terminal makes of the very lines, where they fit and their widths are beyond dispute.
      const plain = lines.map((line) =>
        readRow(line, { width: Number.POSITIVE_INFINITY, charset: 'unicode', links: 'hidden' }),
      );
      const sure = plain.flatMap((row, y) => (row.certain && row.chars.length <= size.columns ? [y] : []));
      expect(sure.length).toBeGreaterThan(0);
      const naive = new EmulatedTerminal(size);
      await naive.show(ENTER_SCREEN + sure.map((y) => `\u001b[${y + 1}H\u001b[m${lines[y]}`).join(''));
      const [ours, theirs] = [terminal.cells(), naive.cells()];
      for (const y of sure) expect(ours[y], `update ${update}, line ${y}`).toEqual(theirs[y]);
    }
  });
});

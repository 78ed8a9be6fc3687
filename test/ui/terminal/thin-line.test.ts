import { describe, expect, it } from 'vitest';
import { FrameSink } from '../../../src/ui/terminal/frame-sink.js';
import { ASK } from '../../../src/ui/terminal/unread.js';
import { ManualClock } from '../support/manual-clock.js';
import { PaperTerminal } from '../support/paper-terminal.js';

/** A screen of 24 lines that differs in all of them. */
const screen = (n: number) => Array.from({ length: 24 }, (_, y) => `${n}`.padEnd(60 + y, `${n}`)).join('\n');

/** A line that takes all that is written at once, and whose terminal answers when the test says so. */
function thinLine() {
  const clock = new ManualClock();
  const paper = new PaperTerminal();
  const sink = new FrameSink(paper, { clock, charset: 'unicode' });
  sink.open();
  const draw = (n: number): string => {
    sink.hurry();
    sink.take(screen(n));
    return paper.take();
  };
  return { clock, paper, sink, draw };
}

describe('a thin line behind a pty that takes everything', () => {
  it('is given no newer frame before the terminal came to the last, and then the latest', () => {
    const { paper, sink, draw } = thinLine();
    expect(draw(1)).toContain(ASK);
    sink.reported();
    expect(draw(2)).toContain('222');
    for (const n of [3, 4, 5, 6]) expect(draw(n)).toBe('');
    sink.reported();
    const next = paper.take();
    expect(next).toContain('666');
    expect(next).not.toMatch(/333|444|555/);
  });

  it('is not waited for where the terminal never answers', () => {
    const { draw } = thinLine();
    for (const n of [1, 2, 3, 4]) expect(draw(n)).toContain(`${n}${n}${n}`);
  });

  it('is tried again, ever more rarely, where an answer is lost: dead, or a terminal that went', async () => {
    const { clock, paper, sink, draw } = thinLine();
    draw(1);
    sink.reported();
    draw(2);
    const drawnAt: number[] = [];
    const began = clock.now();
    for (let n = 3; clock.now() - began < 60_000; n = (n % 9) + 1) {
      if (draw(n) !== '') drawnAt.push(Math.round((clock.now() - began) / 1000));
      await clock.pass(1_000);
      if (paper.take() !== '') drawnAt.push(Math.round((clock.now() - began) / 1000));
    }
    expect(drawnAt.length).toBeLessThan(8);
    expect(drawnAt.length).toBeGreaterThan(1);
    sink.reported();
    expect(draw(1)).not.toBe('');
  });

  it('asks about little things never: an idle screen leaves no answer behind', async () => {
    const { clock, paper, sink, draw } = thinLine();
    draw(1);
    sink.reported();
    paper.take();
    await clock.pass(2_000);
    sink.take(screen(1).replace('1'.repeat(60), `${'1'.repeat(59)}2`));
    await clock.pass(2_000);
    expect(paper.take()).not.toContain(ASK);
    await sink.settled();
  });

  it('is waited for a second at most by who leaves: an answer that comes later would be typed into the shell', async () => {
    const { clock, sink, draw } = thinLine();
    draw(1);
    sink.reported();
    draw(2);
    let left = 0;
    void sink.settled().then(() => {
      left = clock.now();
    });
    const began = clock.now();
    await clock.pass(200);
    expect(left).toBe(0);
    sink.reported();
    await clock.pass(0);
    expect(left).toBe(began + 200);
    draw(3);
    void sink.settled().then(() => {
      left = clock.now();
    });
    await clock.pass(3_000);
    expect(left).toBe(began + 1_200);
  });

  it('is given one frame for keys that came together', () => {
    const clock = new ManualClock();
    const paper = new PaperTerminal();
    let isBusy = true;
    const sink = new FrameSink(paper, { clock, charset: 'unicode', isBusy: () => isBusy });
    sink.open();
    sink.hurry();
    for (const n of [1, 2, 3]) sink.take(screen(n));
    expect(paper.take()).toBe('');
    isBusy = false;
    sink.flush();
    expect(paper.take()).toMatch(/333/);
  });
});

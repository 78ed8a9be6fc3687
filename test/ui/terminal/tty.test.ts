import { describe, expect, it } from 'vitest';
import { PatientTerminal } from '../../../src/ui/terminal/tty.js';
import { ManualClock } from '../support/manual-clock.js';

/** A terminal with room for so many bytes, until its reader takes them. */
function aTerminal(room: number) {
  const clock = new ManualClock();
  let taken = '';
  let left = room;
  let broken = false;
  const events: string[] = [];
  const terminal = new PatientTerminal(
    (bytes) => {
      if (broken) throw Object.assign(new Error('EIO'), { code: 'EIO' });
      if (left === 0) return null;
      const now = bytes.subarray(0, left);
      taken += Buffer.from(now).toString();
      left -= now.length;
      return now.length;
    },
    () => ({ columns: 80, rows: 24 }),
    clock,
    () => events.push('released'),
  );
  terminal.onDrain(() => events.push('drained'));
  terminal.onGone(() => events.push('gone'));
  return {
    clock,
    terminal,
    events,
    taken: () => taken,
    read: (bytes: number) => {
      left += bytes;
    },
    breakLine: () => {
      broken = true;
    },
  };
}

describe('a terminal that is written to without waiting', () => {
  it('keeps what is not taken, in order, and says when all of it was', async () => {
    const { terminal, clock, read, taken, events } = aTerminal(5);
    terminal.write('hello world');
    expect([taken(), terminal.needsDrain]).toEqual(['hello', true]);
    read(3);
    await clock.pass(200);
    expect([taken(), events]).toEqual(['hello wo', []]);
    read(100);
    await clock.pass(200);
    expect([taken(), terminal.needsDrain, events]).toEqual(['hello world', false, ['drained']]);
  });

  it('drops a frame that was cut off for the last words, after ending its torn sequence', async () => {
    const { terminal, clock, read, taken } = aTerminal(4);
    terminal.write('\u001b[38;5;208mcolours');
    terminal.lastWords('BYE');
    const flushed = terminal.flushed(1_000);
    read(100);
    await clock.pass(1_000);
    await flushed;
    expect(taken()).toBe('\u001b[38\u0018BYE');
  });

  it('waits for the last words no longer than it was told', async () => {
    const { terminal, clock } = aTerminal(0);
    terminal.lastWords('BYE');
    let over = false;
    const flushed = terminal.flushed(1_000).then(() => {
      over = true;
    });
    await clock.pass(990);
    expect(over).toBe(false);
    await clock.pass(20);
    await flushed;
    expect(terminal.needsDrain).toBe(true);
  });

  it('tells once that it is gone, and writes no more', async () => {
    const { terminal, clock, events, breakLine, read } = aTerminal(0);
    terminal.write('x');
    breakLine();
    read(10);
    await clock.pass(500);
    terminal.write('y');
    terminal.lastWords('z');
    terminal.close();
    expect(events).toEqual(['released', 'gone']);
  });
});

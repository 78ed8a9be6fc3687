import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyReader } from '../../../src/ui/terminal/key-reader.js';
import { giveUp, type Key, LONGEST_PASTE, readKeys } from '../../../src/ui/terminal/keys.js';
import { isMouse } from '../../../src/ui/terminal/mouse.js';
import { Keyboard } from '../support/keyboard.js';
import { ManualClock } from '../support/manual-clock.js';

const names = (keys: readonly Key[]) => keys.map(({ name }) => name);

describe('what a terminal sends', () => {
  it.each([
    ['jjjj', ['j', 'j', 'j', 'j']],
    ['/a\r', ['/', 'a', 'enter']],
    ['\u001b[A\u001b[B\u001bOC\u001b[1;5D', ['up', 'down', 'right', 'left']],
    ['\u001b[5~\u001b[6~\u001b[H\u001b[4~\u001b[3~', ['pageup', 'pagedown', 'home', 'end', 'delete']],
    ['\u001b[Z\t', ['shift+tab', 'tab']],
    ['\u007f\b', ['backspace', 'backspace']],
    ['\u0003\u001a \u0014', ['ctrl+c', 'ctrl+z', 'space', 'ctrl+t']],
    ['\u001bj', ['esc', 'j']],
    ['\u001b\u001b[A', ['esc', 'up']],
    ['日é👍', ['日', 'é', '👍']],
    ['\u001bOP\u001b[15~\u001b[[B', ['f1', 'f5', 'f2']],
    ['\u0000\u009b', []],
    ['\u001b[?1;2c\u001b[99~q', ['q']],
    ['j\u001bP>|tmux 3.4\u001b\\P', ['j', 'version', 'P']],
    ['\u001bP>|VTE(8000)\u0007k', ['version', 'k']],
    ['\u001bPjj', ['esc', 'P', 'j', 'j']],
  ])('%j is read as %j', (sent, read) => {
    expect(names(readKeys(sent).keys)).toEqual(read);
    expect(readKeys(sent).rest).toBe('');
  });

  it('is no key where the terminal tells its name, however it is torn', () => {
    const sent = 'j\u001bP>|ghostty 1.2.3\u001b\\k';
    for (let at = 2; at < sent.length; at++) {
      const first = readKeys(sent.slice(0, at));
      const second = readKeys(first.rest + sent.slice(at));
      expect([...first.keys, ...second.keys].map(({ name, text }) => [name, text])).toEqual([
        ['j', 'j'],
        ['version', 'ghostty 1.2.3'],
        ['k', 'k'],
      ]);
    }
    expect(giveUp('\u001bP>|ghost')).toEqual([]);
    expect(names(giveUp('\u001bP'))).toEqual(['esc', 'P']);
  });

  it('pauses no batch with a `P` of an answer that comes late, behind its ESC', async () => {
    const clock = new ManualClock();
    const keyboard = new Keyboard();
    const keys: string[] = [];
    const reader = new KeyReader(
      keyboard,
      clock,
      ({ name }) => keys.push(name),
      () => undefined,
    );
    reader.start();
    keyboard.type('\u001b');
    await clock.pass(100);
    keyboard.type('P>|XTerm(390)\u001b\\');
    await clock.pass(3_000);
    expect(keys).toEqual(['esc']);
  });

  it('is one key where it was pasted, however it is torn', () => {
    const sent = 'a\u001b[200~q\r\ndelete all\u001b[31m\u001b[201~b';
    expect(readKeys(sent).keys.map(({ name, text }) => [name, text])).toEqual([
      ['a', 'a'],
      ['paste', 'q\ndelete all[31m'],
      ['b', 'b'],
    ]);
    expect(giveUp('\u001b[200~half')).toEqual([{ name: 'paste', text: 'half' }]);
    const endless = readKeys(`\u001b[200~${'x'.repeat(LONGEST_PASTE)}`);
    expect(endless.rest).toBe('');
    expect(names(endless.keys)).toEqual(['paste']);
  });

  it('gives the same keys however it is cut into chunks', () => {
    const pieces = [
      'j',
      '\r',
      '\u001b[A',
      '\u001b[6~',
      '\u001bOF',
      '日',
      '\u001b[200~paste\u001b[201~',
      '\u007f',
      '\u001b[1;2B',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 12 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
        (sent, cuts) => {
          const whole = sent.join('');
          const read: Key[] = [];
          let rest = '';
          for (let at = 0; at < whole.length; ) {
            const size = cuts.next().value ?? 1;
            const now = readKeys(rest + whole.slice(at, at + size));
            read.push(...now.keys);
            rest = now.rest;
            at += size;
          }
          expect(rest).toBe('');
          expect(read).toEqual(readKeys(whole).keys);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('what a terminal tells of the mouse', () => {
  it.each([
    ['\u001b[<0;10;4M\u001b[<0;10;4m', [['click', 9, 3]]],
    ['j\u001b[<64;1;1Mk', [['j'], ['wheel-up', 0, 0], ['k']]],
    ['\u001b[<65;200;60M', [['wheel-down', 199, 59]]],
    // With control and meta; another button; a motion.
    ['\u001b[<24;3;3M\u001b[<2;3;3M\u001b[<35;3;3M', [['click', 2, 2]]],
    // The old form ends in three characters, that are no keys.
    ['\u001b[M *$q', [['click', 9, 3], ['q']]],
    ['\u001b[M#*$q', [['q']]],
    ['\u001b[<0;0;0M\u001b[<1MX', [['X']]],
  ] as const)('%j is read as %j', (sent, read) => {
    const { keys, rest } = readKeys(sent);
    expect(keys.map((key) => (isMouse(key) ? [key.name, key.x, key.y] : [key.name]))).toEqual(read);
    expect(rest).toBe('');
  });
});

describe('the keyboard', () => {
  function aReader() {
    const [clock, keyboard] = [new ManualClock(), new Keyboard()];
    const read: string[] = [];
    let ended = 0;
    const reader = new KeyReader(
      keyboard,
      clock,
      ({ name }) => read.push(name),
      () => ended++,
    );
    reader.start();
    return { clock, keyboard, read, reader, ended: () => ended };
  }

  it('takes a lone ESC for the key once nothing follows it, and a torn sequence for a whole one', async () => {
    const { clock, keyboard, read } = aReader();
    keyboard.type('\u001b');
    await clock.pass(30);
    expect(read).toEqual([]);
    keyboard.type('[');
    await clock.pass(30);
    keyboard.type('A');
    expect(read).toEqual(['up']);
    keyboard.type('\u001b');
    await clock.pass(100);
    expect(read).toEqual(['up', 'esc']);
  });

  it('waits longer for the rest of what nobody types by hand, and takes none that comes too late for keys', async () => {
    const { clock, keyboard, read } = aReader();
    keyboard.type('\u001b[');
    await clock.pass(300);
    keyboard.type('B');
    expect(read).toEqual(['down']);
    for (const late of ['OP', '[5~', '[A']) {
      keyboard.type('\u001b');
      await clock.pass(150);
      keyboard.type(late);
    }
    // Not `O` and `P`, which would pause the batch.
    expect(read).toEqual(['down', 'esc', 'esc', 'esc']);
    await clock.pass(1_000);
    keyboard.type('OP');
    expect(read.slice(4)).toEqual(['O', 'P']);
  });

  it('takes no rest of a torn report of the mouse for keys, however late it comes', async () => {
    const { clock, keyboard, read } = aReader();
    for (const [first, second, wait] of [
      ['\u001b[<0;12', ';5M', 100],
      ['\u001b[<0;12;5', 'M', 2_200],
      ['\u001b[M *', '$', 900],
    ] as const) {
      keyboard.type(first);
      await clock.pass(wait);
      keyboard.type(second);
      await clock.pass(100);
    }
    expect(read).toEqual(['click', 'click']);
    await clock.pass(1_000);
    keyboard.type('M');
    expect(read.at(-1)).toBe('M');
  });

  it('hears the terminal say that it has come so far', () => {
    const { keyboard, read } = aReader();
    keyboard.type('j\u001b[0nk\u001b[3n');
    expect(read).toEqual(['j', 'report', 'k']);
  });

  it('joins a character that came in two chunks', () => {
    const { keyboard, read } = aReader();
    const bytes = Buffer.from('日');
    keyboard.type(bytes.subarray(0, 2));
    keyboard.type(bytes.subarray(2));
    expect(read).toEqual(['日']);
  });

  it('tells of its end once, and leaves the terminal cooked', () => {
    const { keyboard, reader, ended } = aReader();
    expect(keyboard.raw).toBe(true);
    keyboard.end();
    reader.stop();
    keyboard.end();
    expect([ended(), keyboard.raw]).toEqual([1, false]);
  });
});

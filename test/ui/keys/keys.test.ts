import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Binding, bind, checkBindings } from '../../../src/ui/keys/bindings.js';
import { KeyHub } from '../../../src/ui/keys/dispatch.js';
import { helpFound, helpLines, helpTables } from '../../../src/ui/keys/help.js';
import { KeyQueue } from '../../../src/ui/keys/key-queue.js';
import { choicesOf, pick } from '../../../src/ui/keys/palette.js';
import { statusLines } from '../../../src/ui/keys/status-line.js';
import { KeyReader } from '../../../src/ui/terminal/key-reader.js';
import { giveUp, type Key, LONGEST_PASTE, readKeys } from '../../../src/ui/terminal/keys.js';
import { isMouse } from '../../../src/ui/terminal/mouse.js';
import { plainText, spansWidth } from '../../../src/ui/text/spans.js';
import { Keyboard } from '../support/keyboard.js';
import { ManualClock } from '../support/manual-clock.js';

const names = (keys: readonly Key[]) => keys.map(({ name }) => name);
const key = (name: string): Key => ({ name, text: name.length === 1 ? name : '' });

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

  it('is the same keys whatever the chunks it comes in', () => {
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

const bindings: readonly Binding[] = [
  bind('look.open', { id: 'a.open', description: 'Open the mailbox', command: 'open', weight: 50 }),
  bind('work.run', { id: 'a.retry', label: 'retry', description: 'Try again', command: 'retry', weight: 40 }),
  bind('look.down', { id: 'a.down', weight: 0 }),
  bind('look.leave', { id: 'a.leave', description: 'Leave', command: 'quit', weight: 120 }),
];

describe('dispatch', () => {
  it('gives a key to the topmost layer that does something with it now', () => {
    const hub = new KeyHub();
    const did: string[] = [];
    const all = (who: string) => Object.fromEntries(bindings.map(({ id }) => [id, () => did.push(`${who} ${id}`)]));
    const [shell, screen, overlay] = [Symbol(), Symbol(), Symbol()];
    hub.put(screen, { level: 'screen', bindings, actions: { ...all('screen'), 'a.leave': undefined }, reach: 'open' });
    hub.put(shell, { level: 'shell', bindings, actions: all('shell'), reach: 'open' });
    hub.press(key('j'));
    hub.press(key('q'));
    const unused: string[] = [];
    hub.onUnused(({ name }) => unused.push(name));
    hub.put(overlay, { level: 'overlay', bindings: [], actions: {}, reach: 'modal' });
    expect(hub.press(key('j'))).toBe(false);
    hub.drop(overlay);
    expect(hub.press(key('x'))).toBe(false);
    expect(unused).toEqual(['j', 'x']);
    expect(did).toEqual(['screen a.down', 'shell a.leave']);
  });

  it('gives a text field its letters before any binding, and leaves it enter', () => {
    const hub = new KeyHub();
    const did: string[] = [];
    hub.put(Symbol(), {
      level: 'screen',
      bindings,
      actions: { 'a.retry': () => did.push('retry'), 'a.open': () => did.push('open') },
      reach: 'open',
    });
    const rest = ({ text }: Key) => {
      if (text) did.push(`typed ${text}`);
      return text !== '';
    };
    hub.put(Symbol(), { level: 'field', bindings: [], actions: {}, rest, reach: 'open' });
    hub.press(key('R'));
    hub.press(key('enter'));
    expect(did).toEqual(['typed R', 'open']);
  });

  it('has no key that changes the engine in a read-only console, nor shows one', () => {
    const hub = new KeyHub('read-only');
    let retried = false;
    hub.put(Symbol(), {
      level: 'screen',
      bindings,
      actions: { 'a.retry': () => (retried = true), 'a.open': () => {} },
      reach: 'open',
    });
    expect(hub.press(key('R'))).toBe(false);
    expect(retried).toBe(false);
    expect(hub.active().map(({ binding }) => binding.id)).toEqual(['a.open']);
  });

  it('lists what works now, a hidden key once, and nothing below what is modal', () => {
    const hub = new KeyHub();
    const nothing = () => {};
    hub.put(Symbol(), { level: 'shell', bindings, actions: { 'a.leave': nothing, 'a.down': nothing }, reach: 'open' });
    hub.put(Symbol(), { level: 'screen', bindings, actions: { 'a.down': nothing }, reach: 'open' });
    expect(hub.active().map(({ binding }) => binding.id)).toEqual(['a.down', 'a.leave']);
    const before = hub.version();
    hub.put(Symbol(), { level: 'overlay', bindings: [], actions: {}, reach: 'modal' });
    expect(hub.active()).toEqual([]);
    expect(hub.version()).not.toBe(before);
  });

  it('refuses two meanings of one key', () => {
    expect(() => checkBindings([{ title: 'a', bindings }])).not.toThrow();
    // What a screen does with a key of the shell is the same, and more exact.
    const same = [bind('work.run', { id: 'b.run', weight: 0 })];
    const other = [{ ...bind('look.explain', { id: 'b.x', weight: 0 }), keys: ['R'] }];
    const withA = (own: readonly Binding[]) => [
      { title: 'a', bindings },
      { title: 'b', bindings: own },
    ];
    expect(() => checkBindings(withA(same))).not.toThrow();
    expect(() => checkBindings(withA(other))).toThrow(/key R .* work\.run and look\.explain/);
    expect(() => checkBindings([{ title: 'a', bindings: [...bindings, ...same] }])).toThrow(/key R stands twice/);
  });

  it('hands on keys of one chunk after the screen has settled, repeated moves together', async () => {
    const did: string[] = [];
    const settle: (() => void)[] = [];
    const queue = new KeyQueue(
      ({ name }) => did.push(name),
      () => new Promise((resolve) => settle.push(resolve)),
      () => {},
    );
    for (const name of ['/', 'a', 'j', 'j', 'j', 'enter', 'enter']) queue.push(key(name));
    const steps = [[...did]];
    while (settle.length > 0) {
      settle.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
      steps.push([...did]);
    }
    expect(steps.map((step) => step.join(' '))).toEqual([
      '/',
      '/ a',
      '/ a j j j',
      '/ a j j j enter',
      '/ a j j j enter enter',
      '/ a j j j enter enter',
    ]);
  });
});

describe('what is made of the table', () => {
  const active = bindings.map((binding) => ({
    binding,
    level: binding.id === 'a.leave' ? ('shell' as const) : ('screen' as const),
    run: () => {},
  }));

  it('is the status line: what is the same everywhere at its right end, the least dropped first', () => {
    expect(statusLines(active, 40, 2).map(plainText)).toEqual([' enter open  R retry            q leave ']);
    expect(statusLines(active, 24, 1).map(plainText)).toEqual([' enter open     q leave ']);
    expect(statusLines(active, 24, 2).map(plainText)).toEqual([' enter open  R retry    ', '                q leave ']);
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 90 }), fc.integer({ min: 1, max: 2 }), (width, most) => {
        const lines = statusLines(active, width, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(spansWidth(line)).toBe(width);
      }),
    );
  });

  it('is the help: every key under its heading, in columns, whole', () => {
    const text = helpLines([{ title: 'night', bindings }], 80).map(plainText);
    expect(text).toEqual([
      ' night',
      ' enter     Open the mailbox             j down    One row down                 ',
      ' R         Try again                    q ^c      Leave                        ',
    ]);
    const long = 'Type the password that the mailbox waits for; it goes to the memory of the engine and nowhere else';
    const told = bind('work.password', { id: 'one', description: long, weight: 1 });
    const alone = helpLines([{ title: 'mailbox', bindings: [told] }], 60).map(plainText);
    expect(alone.slice(1).join(' ').replace(/\s+/g, ' ').trim()).toBe(`W ${long}`);
    for (const line of [...text, ...alone]) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('is searched by the words of a key, whatever the screen', () => {
    const found = helpFound(
      [
        { title: 'night', bindings },
        { title: 'log', bindings: [] },
      ],
      'try',
    );
    expect(found.map(({ bindings: own }) => own.map(({ id }) => id))).toEqual([['a.retry'], []]);
  });

  it('is not in the help of a console that may not press it', () => {
    const keeps = bind('look.save', { id: 'one', weight: 1 });
    const tables = [{ title: 'mailbox', bindings: [keeps, bind('work.run', { id: 'two', weight: 1 })] }];
    expect(helpTables(tables, 'full')).toEqual(tables);
    expect(helpTables(tables, 'read-only')).toEqual([{ title: 'mailbox', bindings: [keeps] }]);
  });

  it('is the palette: what the screen does, what all do, by name; searched by name, then by what it does', () => {
    const choices = choicesOf(active);
    expect(choices.map(({ command }) => command)).toEqual(['open', 'retry', 'quit']);
    expect(pick(choices, 're').map(({ command }) => command)).toEqual(['retry']);
    expect(pick(choices, 'mailbox').map(({ command }) => command)).toEqual(['open']);
    expect(pick(choices, 'rty').map(({ command }) => command)).toEqual(['retry']);
    expect(pick(choices, 'zzz')).toEqual([]);
  });
});

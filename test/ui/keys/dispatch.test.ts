import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Binding, bind, checkBindings } from '../../../src/ui/keys/bindings.js';
import { KeyHub } from '../../../src/ui/keys/dispatch.js';
import { helpFound, helpLines, helpTables } from '../../../src/ui/keys/help.js';
import { KeyQueue } from '../../../src/ui/keys/key-queue.js';
import { choicesOf, pick } from '../../../src/ui/keys/palette.js';
import { statusLines } from '../../../src/ui/keys/status-line.js';
import type { Key } from '../../../src/ui/terminal/keys.js';
import { plainText, spansWidth } from '../../../src/ui/text/spans.js';

const key = (name: string): Key => ({ name, text: name.length === 1 ? name : '' });

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

  it('refuses a key with two meanings', () => {
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

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/protocol/commands.js';
import { checkBindings } from '../../../src/ui/keys/bindings.js';
import { actionOf, KEY_TABLE, type KeyAction, reachOf } from '../../../src/ui/keys/key-table.js';
import { batchScreens } from '../../../src/ui/screens/batch-screens.js';
import { BATCH_BINDINGS } from '../../../src/ui/screens/shared/batch-keys.js';
import { startScreens } from '../../../src/ui/screens/start/start-screens.js';
import { SHELL_BINDINGS, screenBindings } from '../../../src/ui/shell/shell-keys.js';
import { aLine, aNight, NOW } from '../support/a-batch.js';
import { aBatchConsole, SMALL } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';
import { someErrors } from '../support/some-errors.js';

const UI = resolve(import.meta.dirname, '../../../src/ui');
const SCREENS = [...batchScreens(() => 'school-2026'), ...startScreens()];
const ACTIONS = Object.keys(KEY_TABLE) as KeyAction[];

function anEngine(): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  engine.log = Array.from({ length: 40 }, (_, i) => aLine(`line ${i}`, { at: NOW - (40 - i) * 1_000 }));
  return engine;
}

/** Commands that change something at the engine; to have looked is no change of the work. */
const changes = (engine: PaperEngine) =>
  engine.told.filter(({ do: what }) => COMMANDS[what].access === 'change' && what !== 'looked');

describe('the key table', () => {
  it('gives each key one meaning, but for the space bar in a page', () => {
    const meanings = new Map<string, KeyAction[]>();
    for (const action of ACTIONS)
      for (const key of KEY_TABLE[action].keys) meanings.set(key, [...(meanings.get(key) ?? []), action]);
    const twice = [...meanings].filter(([, actions]) => actions.length > 1);
    expect(twice).toEqual([['space', ['look.mark', 'pager.space']]]);
    for (const [key, [action]] of meanings) expect(actionOf(key)).toBe(action);
  });

  it('changes the work by capital letters and control keys only', () => {
    const work = ACTIONS.filter((action) => reachOf(action) === 'work');
    expect(work.length).toBeGreaterThan(15);
    for (const action of work) for (const key of KEY_TABLE[action].keys) expect(key).toMatch(/^(?:[A-Z]|ctrl\+[a-z])$/);
  });

  it.each(SCREENS)('is where the keys of $name come from', ({ bindings }) => {
    for (const { action, keys, reach } of bindings) {
      // Beside a text field a key has none of its letters.
      expect(KEY_TABLE[action].keys).toEqual(expect.arrayContaining([...keys]));
      expect(keys.length).toBeGreaterThan(0);
      expect(reach).toBe(reachOf(action));
    }
  });

  it.each(batchScreens(() => 'school-2026'))('has no second meaning on $name for a key of all screens', (screen) => {
    const own = screen.bindings.filter((one) => !BATCH_BINDINGS.includes(one));
    expect(() =>
      checkBindings([
        { title: 'everywhere', bindings: [...screenBindings(SCREENS), ...SHELL_BINDINGS, ...BATCH_BINDINGS] },
        { title: screen.name, bindings: own },
      ]),
    ).not.toThrow();
  });

  it('is the only place of the console that names the keys of a binding', () => {
    const naming = readdirSync(UI, { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.tsx?$/.test(path) && !path.startsWith('keys/'))
      .filter((path) => /\bkeys: ?\[/.test(readFileSync(join(UI, path), 'utf8')));
    expect(naming).toEqual([]);
  });
});

/** The ways to every screen of a batch. */
const WAYS = [
  ['night', ''],
  ['table', 't'],
  ['mailbox', '\r'],
  ['schedule', 's'],
  ['errors', 'e'],
  ['group', 'e\r'],
  ['entry', 'e\r\r'],
  ['log', 'l'],
  ['decisions', 'd'],
  ['morning', 'i'],
  ['help', '?'],
  ['a question', 'X'],
] as const;

describe.each(WAYS)('on %s', (_, way) => {
  async function there() {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine, SMALL);
    let ended = false;
    void console.ended.then(() => {
      ended = true;
    });
    for (const key of way) await console.type(key);
    return { engine, console, hasEnded: () => ended };
  }

  it.each(['back end broken', 'w pass'])('a word typed by mistake changes nothing: %s', async (word) => {
    for (const escs of [0, 3]) {
      const { engine, console, hasEnded } = await there();
      for (let n = 0; n < escs; n++) await console.type('\u001b');
      for (const letter of word) await console.type(letter);
      await console.clock.pass(1_000);
      expect(changes(engine)).toEqual([]);
      expect(hasEnded()).toBe(false);
    }
  });

  it('esc never leads out of the program', async () => {
    const { engine, console, hasEnded } = await there();
    for (let n = 0; n < 6; n++) await console.type('\u001b');
    const screen = await console.screen();
    expect(screen).toMatch(/^ school-2026 /);
    expect(screen).toContain('this is the first screen; q leaves');
    expect(changes(engine)).toEqual([]);
    expect(hasEnded()).toBe(false);
  });
});

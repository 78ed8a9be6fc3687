import { describe, expect, it } from 'vitest';
import { aMailbox, aNight } from '../support/a-batch.js';
import { aBatchConsole, MIDDLE, SMALL } from '../support/a-batch-console.js';
import { clickAt, clickOn, WHEEL_DOWN, WHEEL_UP } from '../support/mouse.js';
import { PaperEngine } from '../support/paper-engine.js';
import { someErrors } from '../support/some-errors.js';

function anEngine(): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  return engine;
}

describe.each([SMALL, MIDDLE])('the mouse at $columns x $rows', (size) => {
  it('moves the cursor to a row, and opens the row by a second click', async () => {
    const { console } = await aBatchConsole(anEngine(), size);
    await console.type('t');
    await clickOn(console, 'carol');
    expect(await console.screen()).toMatch(/▸ {2}carol/);
    await clickOn(console, 'carol');
    expect(await console.screen()).toContain('school-2026 › carol');
  });

  it('turns a list with its wheel, and stops at its end', async () => {
    const { console } = await aBatchConsole(anEngine(), size);
    await console.type('t');
    await console.type(WHEEL_DOWN.repeat(2));
    expect(await console.screen()).toMatch(/▸ {2}日本支社/);
    await console.type(WHEEL_UP.repeat(9));
    expect(await console.screen()).toMatch(/▸ {2}(?:maria|tom)@new/);
  });

  it('sorts by the head of a column, and turns the order by a second click', async () => {
    const { console } = await aBatchConsole(anEngine(), size);
    await console.type('t');
    await clickOn(console, 'errors ', 'first');
    const sorted = await console.screen();
    expect(sorted).toContain('by errors');
    expect(sorted).toContain('errors ↓');
    await clickOn(console, 'errors ↓');
    expect(await console.screen()).toContain('errors ↑');
  });

  it('presses a key of the status line', async () => {
    const { console } = await aBatchConsole(anEngine(), size);
    await clickOn(console, 'schedule', 'last');
    expect(await console.screen()).toContain('school-2026 › schedule');
    await clickOn(console, 'esc back');
    expect(await console.screen()).not.toContain('› schedule');
  });

  it('chooses a pane, and opens it by a second click', async () => {
    const { console } = await aBatchConsole(anEngine(), size);
    await clickOn(console, 'bob');
    await clickOn(console, 'bob');
    expect(await console.screen()).toContain('school-2026 › bob');
    // All three parts are seen where there is room: no tabs then.
    if (size !== SMALL) return;
    expect(await console.screen()).toContain('▸ history   log   errors');
    await clickOn(console, 'log   errors');
    expect(await console.screen()).toContain('history   ▸ log   errors');
  });

  it('presses the buttons of a question, and nothing behind it', async () => {
    const { console, engine } = { ...(await aBatchConsole(anEngine(), size)), engine: anEngine() };
    await console.type('t');
    const behind = (await console.look()).text.findIndex((line) => line.includes('carol'));
    await console.type('X');
    await console.type(clickAt(2, behind));
    expect(await console.screen()).toContain('stop the work');
    await clickOn(console, '[ Cancel ]');
    const after = await console.screen();
    expect(after).not.toContain('╭ stop the work');
    expect(after).not.toMatch(/▸ {2}carol/);
    expect(engine.orders).toEqual([]);
  });
});

describe('the mouse in a form', () => {
  it('chooses an option, goes into a field, and presses the button', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine, SMALL);
    await console.type('e');
    await console.type('R');
    await clickOn(console, 'in 1 h');
    expect(await console.screen()).toContain('[in 1 h]');
    await clickOn(console, '[ Retry 131 ]');
    await console.clock.pass(500);
    expect(engine.orders.map(({ do: what }) => what)).toEqual(['decide']);
  });
});

describe('the mouse and the terminal', () => {
  it('is on while the screen is ours, and off when it is left, stopped, or ends by a signal', async () => {
    const { console } = await aBatchConsole(anEngine(), SMALL);
    const entered = console.paper.everything;
    expect(entered).toContain('\u001b[?1000h\u001b[?1006h');
    await console.type('\u001a');
    expect(console.paper.everything.slice(entered.length)).toContain('\u001b[?1006l\u001b[?1000l');
    console.process.emit('SIGCONT');
    await console.type('j');
    const back = console.paper.everything.length;
    console.process.emit('SIGTERM');
    await console.ended;
    expect(console.paper.everything.slice(back)).toContain('\u001b[?1006l\u001b[?1000l');
  });

  it('is not asked for where nobody wants it', async () => {
    const mode = {
      kind: 'console',
      charset: 'unicode',
      theme: 'dark',
      mouse: 'off',
      signs: { title: 'hidden', bell: 'silent' },
    } as const;
    const { console } = await aBatchConsole(anEngine(), SMALL, 'full', { mode });
    expect(console.paper.everything).not.toContain('?1000h');
  });
});

describe('the list', () => {
  it('is sorted by a menu: one key, and once more turns it around', async () => {
    const { console } = await aBatchConsole(anEngine(), SMALL);
    await console.type('t');
    await console.type('o');
    const menu = await console.screen();
    expect(menu).toMatch(/╭ sort by[\s\S]*▸ 1 +what needs you {2}\(now\)[\s\S]*2 {2}↑ mailbox/);
    await console.type('2');
    expect(await console.screen()).toMatch(/by mailbox[\s\S]*mailbox ↑[\s\S]*ann/);
    await console.type('o2');
    expect(await console.screen()).toContain('mailbox ↓');
    await console.type('o1');
    expect(await console.screen()).toContain('by what needs you');
  });

  it('is left only after its filter and its marks are cleared, and the status line says so', async () => {
    const { console } = await aBatchConsole(anEngine(), SMALL);
    await console.type('t');
    await console.type('/queued1\r');
    await console.type('a');
    const marked = (await console.look()).text;
    expect(marked.slice(-2).join('\n')).toMatch(/^ 11 marked: R run now {2}P pause .*esc clears the filter/s);
    await console.type('\u001b');
    const unfiltered = await console.screen();
    expect(unfiltered).not.toContain('filter queued1');
    expect(unfiltered).toContain('esc clears 11 marks');
    await console.type('\u001b');
    expect(await console.screen()).not.toContain('marked');
  });

  it('keeps the cursor where the work is: the next row takes the place of one that was decided', async () => {
    const { console } = await aBatchConsole(anEngine(), SMALL);
    await console.type('e');
    expect(await console.screen()).toMatch(/▸ {2}OVERQUOTA/);
    await console.type('S');
    await console.type('too old\r');
    await console.clock.pass(1_500);
    const after = await console.screen();
    expect(after).toMatch(/▸ {2}\(message-policy\)[\s\S]*\+ 1 left out +131/);
  });

  it('stays on a mailbox that is paused, though others come before it now', async () => {
    const engine = new PaperEngine(aNight().filter(({ state }) => state.kind === 'copying'));
    const { console, model } = await aBatchConsole(engine, SMALL);
    const first = model.view().mailboxes[0];
    await console.type('P');
    engine.say({ type: 'mailbox', mailbox: { ...aMailbox(first?.email ?? ''), ...first, state: { kind: 'paused' } } });
    await console.clock.pass(1_000);
    await console.type('\r');
    expect(await console.screen()).toContain(`school-2026 › ${first?.email}`);
  });
});

import { describe, expect, it } from 'vitest';
import { aBatchConsole } from '../support/a-batch-console.js';
import { anEngineWithLog } from '../support/an-engine-with-log.js';

describe('the schedule', () => {
  it('shows a timeline with the next starts counting down', async () => {
    const { console } = await aBatchConsole(anEngineWithLog());
    await console.type('s');
    const screen = await console.screen();
    expect(screen).toContain('stagger 60-90 s   at once 20   window always   to do 49');
    expect(screen).toContain('02:15');
    expect(screen).toMatch(/▸ ann +█{9}─+ {2}copying Archive\/2019/);
    expect(screen).toMatch(/fred +┊ {2}starts in 0:38 {2}staggered start/);
    expect(screen).toContain('39 wait for a place   last known start 02:15');
    await console.clock.pass(2_000);
    expect(await console.screen()).toContain('starts in 0:36');
  });

  it('changes the window in which mailboxes are at work', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('O');
    expect(await console.screen()).toContain('always');
    await console.type('\u001525:00-06:00\r');
    expect(await console.screen()).toContain('hours of the day are expected');
    await console.type('\u001520:00-06:30\r');
    expect(engine.orders).toEqual([{ do: 'window', window: { from: 1200, to: 390, zone: 'UTC' } }]);
  });

  it('changes stagger and concurrency, and says what cannot be read', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('C');
    expect(await console.screen()).toContain('Mailboxes at work at the same time');
    await console.type('\u0015500\r');
    expect(await console.screen()).toContain('▲ a number from 1 to 100 is expected');
    await console.type('\u001530\r');
    expect(engine.orders).toEqual([{ do: 'concurrency', most: 30 }]);
    await console.type('I');
    await console.type('\u001530-45\r');
    expect(engine.orders.at(-1)).toEqual({ do: 'stagger', min: 30, max: 45 });
    expect(await console.screen()).toContain('stagger: 30-45');
  });

  it('replaces an old value by what is typed, and keeps it for who moves into it', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('I');
    const asked = await console.screen();
    expect(asked).toContain('type over it, or move into it with the arrows');
    expect(asked.split('\n').at(-1)).toContain('^u clear');
    await console.type('30-45\r');
    expect(engine.orders).toEqual([{ do: 'stagger', min: 30, max: 45 }]);
    await console.type('I');
    await console.type('\u007f5\r');
    expect(engine.orders.at(-1)).toEqual({ do: 'stagger', min: 60, max: 95 });
  });

  it('starts now, puts off and pauses the mailbox under the cursor', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('s');
    await console.type('jjjjjj');
    await console.type('L');
    expect(engine.orders).toEqual([{ do: 'postpone', mailbox: 'fred', seconds: 338 }]);
    await console.type('E');
    expect(engine.orders.at(-1)).toEqual({ do: 'postpone', mailbox: 'fred', seconds: 0 });
    await console.type('R');
    expect(engine.orders.at(-1)).toEqual({ do: 'start', mailbox: 'fred' });
    await console.type('P');
    expect(engine.orders.at(-1)).toEqual({ do: 'pause', mailbox: 'fred' });
    await console.type('B');
    await console.type('\u00152 h\r');
    expect(engine.orders.at(-1)).toEqual({ do: 'postpone', mailbox: 'fred', seconds: 7_200 });
  });

  it('shows a longer stretch of time', async () => {
    const { console } = await aBatchConsole(anEngineWithLog());
    await console.type('s');
    await console.type('z');
    expect(await console.screen()).toContain('02:30');
  });
});

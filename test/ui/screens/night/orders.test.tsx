import { describe, expect, it } from 'vitest';
import { aBatch, aCopying, aMailbox, aNight } from '../../support/a-batch.js';
import { aBatchConsole, SMALL } from '../../support/a-batch-console.js';
import { PaperEngine } from '../../support/paper-engine.js';

const anEngine = () => new PaperEngine(aNight());

describe('the night', () => {
  it('starts the one under the cursor at once, without a question', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('R');
    expect(engine.orders).toEqual([{ do: 'start', mailbox: 'tom-new-example' }]);
    expect(await console.screen()).toContain('tom@new.example: starting now');
  });

  it('says what the engine refuses', async () => {
    const engine = anEngine();
    engine.answers.set('start', { ok: false, why: 'no mailbox tom in this batch' });
    const { console } = await aBatchConsole(engine);
    await console.type('R');
    expect(await console.screen()).toContain('no mailbox tom in this batch');
  });

  it('stops the work only when that is confirmed, and Cancel is where the cursor stands', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('X');
    const asked = await console.screen();
    expect(asked).toContain('5 mailboxes of 185 at work');
    expect(asked).toContain('nightferry resume school-2026');
    await console.type('\r');
    expect(engine.orders).toEqual([]);
    await console.type('X');
    await console.type('Y');
    expect(engine.orders).toEqual([{ do: 'stop', how: 'drain', mailbox: null }]);
    await console.type('\u0018');
    await console.type('Y');
    expect(engine.orders.at(-1)).toEqual({ do: 'stop', how: 'now', mailbox: null });
  });

  it('pauses the batch and lets it go on by one key', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('A');
    engine.say({ type: 'batch', batch: aBatch(aNight(), { state: 'paused' }) });
    await console.clock.pass(500);
    expect(await console.screen()).toContain('○ paused');
    await console.type('A');
    expect(engine.orders).toEqual([
      { do: 'pause', mailbox: null },
      { do: 'continue', mailbox: null },
    ]);
  });

  it('offers nothing that changes the engine to a read-only console', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine, SMALL, 'read-only');
    for (const key of ['R', 'P', 'A', 'X', '\u0018']) await console.type(key);
    expect(engine.orders).toEqual([]);
    expect(await console.screen()).not.toContain('stop the work');
  });

  it('ends with the exit code of a batch that has ended', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    engine.say({ type: 'end', exitCode: 3, batch: aBatch(aNight(), { state: 'ended' }) });
    engine.die();
    await console.clock.pass(500);
    expect(await console.screen()).toContain('errors are open');
    await console.type('q');
    expect(await console.ended).toBe(3);
  });

  it('sees within two seconds that the engine died, and starts it again when told to', async () => {
    const engine = anEngine();
    const { console, services } = await aBatchConsole(engine);
    services.restarted = { ok: true, client: new PaperEngine([aCopying('ann', 0.99)]) };
    engine.die();
    await console.clock.pass(1_900);
    const screen = await console.screen();
    expect(screen).toContain('no engine since 02:14');
    expect(screen).toContain('Nothing is lost');
    expect(services.restarts).toBe(0);
    await console.type('\r');
    await console.clock.pass(500);
    expect(services.restarts).toBe(1);
    const after = await console.screen();
    expect(after).not.toContain('no engine');
    expect(after).toContain('99%');
  });

  it.each(['full', 'read-only'] as const)(
    'goes on with the engine that another console has started: %s',
    async (access) => {
      const engine = anEngine();
      const { console, services } = await aBatchConsole(engine, SMALL, access);
      engine.die();
      await console.clock.pass(1_900);
      expect(await console.screen()).toContain('no engine since 02:14');
      services.another = new PaperEngine([aCopying('ann', 0.99)]);
      await console.clock.pass(2_500);
      const screen = await console.screen();
      expect(screen).not.toContain('no engine');
      expect(screen).toContain('99%');
      // A question about an engine that is there again would be answered with nothing.
      expect(screen).not.toContain('Start it again');
      if (access === 'full') expect(screen).toContain('another console or command has opened the batch again');
      expect(services.restarts).toBe(0);
    },
  );

  it('lets all go on that was stopped where nothing is at work, after a question', async () => {
    const stopped = [...Array(3)].map((_, i) => aMailbox(`u${i}@new.example`, { state: { kind: 'stopped' } }));
    const engine = new PaperEngine([...aNight(), ...stopped]);
    const { console } = await aBatchConsole(engine);
    engine.say({ type: 'batch', batch: aBatch(engine.mailboxes, { state: 'waiting' }) });
    await console.clock.pass(500);
    const results = await console.screen();
    expect(results).toContain('3 mailboxes were stopped before the end: ^r lets all go on');
    expect(results).toMatch(/need you, 3 were stopped before the end: /);
    await console.type('\u0012');
    expect(await console.screen()).toContain('3 mailboxes were stopped before the end, of 188');
    await console.type('\r');
    expect(engine.orders).toEqual([{ do: 'continue', mailbox: null }]);
  });

  it('says where no mailbox is stopped that there is nothing to go on with', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('\u0012');
    expect(await console.screen()).toContain('^r go on: only where mailboxes were stopped, or the engine died');
  });

  it('starts the engine again on a key where nobody wanted to when that was asked', async () => {
    const engine = anEngine();
    const { console, services } = await aBatchConsole(engine);
    engine.die();
    await console.clock.pass(1_900);
    await console.type('\u001b');
    expect(await console.screen()).toContain('^r start the engine again');
    services.restarted = { ok: true, client: new PaperEngine([aCopying('ann', 0.99)]) };
    await console.type('\u0012');
    await console.clock.pass(500);
    expect(services.restarts).toBe(1);
    expect(await console.screen()).toContain('99%');
  });
});

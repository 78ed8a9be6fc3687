import { describe, expect, it } from 'vitest';
import { aCopying, counts, NOW } from '../support/a-batch.js';
import { aBatchConsole, LARGE } from '../support/a-batch-console.js';
import { anEngineWithLog } from '../support/an-engine-with-log.js';

describe('a mailbox', () => {
  const folders = Array.from({ length: 30 }, (_, i) => ({
    source: `Archive/${1990 + i}`,
    destination: i === 3 ? 'Old/1993' : `Archive/${1990 + i}`,
    counts: counts(100 + i, i, { failed: i === 5 ? 2 : 0 }),
    way: 'MULTIAPPEND',
  }));
  const engineOf = () => {
    const engine = anEngineWithLog();
    engine.mailboxes = [aCopying('ann', 0.54, { folders, folder: 'Archive/1992', errors: 2 })];
    return engine;
  };

  it('shows its folders, counts, commands on both sides, history, log and errors', async () => {
    const { console } = await aBatchConsole(engineOf(), LARGE);
    await console.type('\r');
    const screen = await console.screen();
    for (const shown of [
      'copying since 02:03',
      '10,800 of 20,000 messages',
      'copied 10,800  there 0  skipped 0  failed 0  gone 0  left 9,200  errors 2',
      'source       2 connections   4 in flight      UID FETCH 1201:1300 (BODY.PEEK[])',
      'destination  1 connection    16 in flight     APPEND',
      'folders 1-24 of 30',
      'Archive/1993 → Old/1993',
      'MULTIAPPEND',
      '02:02:07  ● connecting',
      'line 58',
      'APPEND INBOX: NO [OVERQUOTA]',
    ]) {
      expect(screen).toContain(shown);
    }
    // Of the log, only what is of this mailbox.
    expect(screen).not.toContain('line 59');
  });

  it('goes round history, log and errors where there is room for one of them', async () => {
    const { console } = await aBatchConsole(engineOf());
    await console.type('\r');
    // It has errors: they are what one came for.
    expect(await console.screen()).toContain('history   log   ▸ errors');
    await console.type('\t');
    expect(await console.screen()).toContain('● connecting');
    await console.type('\t');
    expect(await console.screen()).toContain('line 58');
  });

  it('sorts and filters its folders', async () => {
    const { console } = await aBatchConsole(engineOf());
    await console.type('\r');
    await console.type('/');
    await console.type('!archive old');
    await console.type('\r');
    expect(await console.screen()).toContain('folders 0 of 0');
    await console.type('/');
    await console.type('\u0015old\r');
    expect(await console.screen()).toContain('folders 1-1 of 1   filter old');
  });

  it('asks for a password, hides it, and gives it to the engine alone', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('m');
    expect(await console.screen()).toContain('give the password');
    await console.type('W');
    await console.type('hunter2');
    const typed = await console.screen();
    expect(typed).toContain('password of the source');
    expect(typed).toContain('●●●●●●●');
    expect(typed).not.toContain('hunter2');
    await console.type('\r');
    expect(engine.orders).toEqual([{ do: 'password', mailbox: 'tom-new-example', side: 'source', secret: 'hunter2' }]);
    expect(await console.screen()).not.toContain('hunter2');
  });

  it('is asked for no password that it does not wait for', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('j');
    await console.type('m');
    expect(await console.screen()).toContain('maria@new.example');
    await console.type('W');
    const screen = await console.screen();
    expect(screen).not.toContain('password of');
    expect(screen).toContain('W give the password: only where one is asked for');
    await console.type('P');
    expect(await console.screen()).toContain('maria@new.example is held: R tries it again now');
  });

  it('that has waited long has a text for the provider ready, and y copies it', async () => {
    const engine = anEngineWithLog();
    const text = 'Mailbox: carol@old.example\nResponse: NO [UNAVAILABLE] Mailbox is being checked';
    engine.mailboxes = engine.mailboxes.map((one) =>
      one.email === 'carol' ? { ...one, provider: { since: NOW - 3_700_000, text } } : one,
    );
    const { console } = await aBatchConsole(engine);
    // It goes on by itself, and needs somebody all the same.
    expect(await console.screen()).toMatch(/needs you 3[\s\S]*▲ carol +waits for long +20,000 +01:12 enter mailbox/);
    await console.type('j\r');
    const screen = await console.screen();
    expect(screen).toContain('▲ unchanged since 01:12: a letter to the provider is ready, y copies it');
    await console.type('y');
    const { raw } = await console.look();
    const clipboard = /\u001b\]52;c;([^\u0007]*)\u0007/.exec(raw)?.[1] ?? '';
    expect(Buffer.from(clipboard, 'base64').toString()).toBe(text);
  });

  it('opens its own errors and its own log', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('m');
    await console.type('\r');
    expect(await console.screen()).toContain('tom@new.example › errors of tom@new.example');
    expect(engine.told).toContainEqual({ do: 'errors', mailbox: 'tom-new-example', filter: '', by: 'code' });
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('l');
    expect(await console.screen()).toContain('log of tom@new.example');
  });
});

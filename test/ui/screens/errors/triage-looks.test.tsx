import { describe, expect, it } from 'vitest';
import { anErringEngine, aTriage } from '../../support/a-triage.js';

describe('what responses mean', () => {
  it('is explained: the rule, its words, and what follows', async () => {
    const { console } = await aTriage();
    await console.type('x');
    const why = await console.screen();
    expect(why).toContain('why it was read so');
    expect(why).toMatch(/because +rule over-quota: code OVERQUOTA, after APPEND at the/);
    expect(why).toMatch(/rule +over-quota/);
    expect(why).toMatch(/reaches +the whole mailbox/);
  });

  it('is corrected for the batch, and says where it cannot be', async () => {
    const { console, engine } = await aTriage();
    await console.type('M');
    expect(await console.screen()).toContain('now quota ╮');
    for (let i = 0; i < 7; i++) await console.type('\u001b[B');
    await console.type('\r');
    expect(await console.screen()).toContain('▲ this cannot be read as missing');
    await console.type('\u001b[A\u001b[A\u001b[A\u001b[A\u001b[A\u001b[A\u001b[A\r');
    await console.clock.pass(100);
    expect(engine.triage.corrections).toMatchObject([{ kind: 'transient', by: 'eva' }]);
    expect(await console.screen()).toContain('d lists such rules');
  });
});

describe('a message', () => {
  const look = {
    from: 'Ann Example <ann@old.example>',
    to: 'maria@new.example',
    subject: '見積書 2026',
    date: 'Thu, 15 Jan 2026 10:00:00 +0000',
    messageId: '<1@old.example>',
    size: 48_213,
    flags: ['\\Seen'],
    internalDate: '15-Jan-2026 10:00:01 +0000',
  };

  it('is looked at on demand, and says since when the source is asked', async () => {
    const engine = anErringEngine();
    let answer: () => void = () => undefined;
    const command = engine.command.bind(engine);
    engine.message = look;
    engine.command = async (given) => {
      if (given.do === 'message') await new Promise<void>((resolve) => (answer = resolve));
      return command(given);
    };
    const { console } = await aTriage(engine);
    for (const key of ['\r', '\r', 'h']) await console.type(key);
    expect(await console.screen()).toContain('asking the source since 02:14:07');
    answer();
    await console.clock.pass(500);
    const shown = await console.screen();
    expect(shown).toMatch(/From +Ann Example <ann@old\.example>/);
    expect(shown).toMatch(/Subject +見積書 2026/);
    expect(shown).toMatch(/size +47\.1 kB \(48,213 bytes\)/);
    expect(engine.told).toContainEqual({ do: 'message', mailbox: 'maria-new-example', folder: 'INBOX', uid: 48_213 });
    // The next message was not asked for.
    await console.type('\u001b[C');
    expect(await console.screen()).not.toContain('見積書');
  });

  it('says why it cannot be looked at', async () => {
    const { console } = await aTriage();
    for (const key of ['\r', '\r', 'h']) await console.type(key);
    expect(await console.screen()).toContain('▲ the source is out of reach');
  });

  it('is saved where the operator says', async () => {
    const { console, engine } = await aTriage();
    for (const key of ['\r', '\r', 'w']) await console.type(key);
    expect(await console.screen()).toContain('~/maria@new.example-48213.eml');
    await console.type('\r');
    const path = '/home/op/maria@new.example-48213.eml';
    const folder = 'INBOX';
    expect(engine.orders).toEqual([{ do: 'save-message', mailbox: 'maria-new-example', folder, uid: 48_213, path }]);
    expect(await console.screen()).toContain(`saved to ${path}`);
  });
});

it('writes the target into a file, CSV or JSON, and stays open where that is refused', async () => {
  const { console, engine } = await aTriage();
  await console.type('w');
  const asked = await console.screen();
  expect(asked).toContain('OVERQUOTA: 131 messages in 2 mailboxes');
  expect(asked).toContain('~/school-2026-errors-20260116-021407.csv');
  await console.type('\u001b[C');
  expect(await console.screen()).toContain('errors-20260116-021407.json');
  engine.answers.set('export', { ok: false, why: 'export: there is such a file already; give another name' });
  await console.type('\r');
  expect(await console.screen()).toContain('▲ export: there is such a file already');
  engine.answers.delete('export');
  await console.type('\t\t');
  expect((await console.screen()).split('\n').at(-1)).toContain('^u clear');
  await console.type('\u0015~/list');
  // The text that was typed is the operator's: the next letter goes behind it.
  await console.type('.json\r');
  expect(engine.orders.at(-1)).toEqual({
    do: 'export',
    format: 'json',
    path: '/home/op/list.json',
    selection: { filter: '', groups: ['OVERQUOTA'], entries: null, uids: null },
  });
  expect(await console.screen()).toContain('131 rows saved to /home/op/list.json');
});

it('shows what the source says of the messages of the target, and where it says nothing', async () => {
  const engine = anErringEngine();
  const of = { mailbox: 'maria@new.example', folder: 'INBOX' };
  engine.headers = {
    messages: [
      { ...of, uid: 48213, from: 'Eva <eva@x>', subject: 'Invoice 17', date: 'Mon, 2 Mar 2026', size: 12_345 },
      { ...of, uid: 48214, from: null, subject: null, date: null, size: null },
    ],
    more: 129,
    notes: ['peter@new.example: the source refused its password; give that first'],
  };
  const { console } = await aTriage(engine);
  await console.type('h');
  const shown = await console.screen();
  expect(shown).toMatch(/maria@new\.example, INBOX *│/);
  expect(shown).toMatch(/Invoice 17 +Eva <eva@x> +12\.1 kB/);
  expect(shown).toContain('UID 48214: the source did not give it');
  expect(shown).toContain('and 129 more messages');
  expect(shown).toContain('the source refused its password');
  expect(engine.told.at(-1)).toMatchObject({ do: 'headers', selection: { groups: ['OVERQUOTA'] } });
  await console.type('\u001b');
  await console.clock.pass(100);
  // And into the file.
  await console.type('w\t\u001b[C\r');
  expect(engine.orders.at(-1)).toMatchObject({ do: 'export', headers: 'read' });
});

import { describe, expect, it } from 'vitest';
import type { EngineCommand } from '../../../../src/protocol/commands.js';
import { aBatchConsole } from '../../support/a-batch-console.js';
import { anErringEngine, aTriage, lastSelection } from '../../support/a-triage.js';

describe('the target of an order', () => {
  it('is marked, a row or all that the filter shows, and the dialog says which', async () => {
    const { console, engine } = await aTriage();
    await console.type('jj R');
    expect(await console.screen()).toContain('1 marked group ╮');
    expect(lastSelection(engine)).toMatchObject({ filter: '', groups: ['AUTHENTICATIONFAILED'], entries: null });
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('/side:dest\r');
    await console.clock.pass(300);
    expect(await console.screen()).toMatch(/groups 1-2 of 2 {3}filter side:dest {3}1 mark hidden/);
    await console.type('a');
    expect((await console.look()).text.at(-2)).toContain(' 2 marked: R retry');
    await console.type('R');
    const asked = await console.screen();
    expect(asked).toContain('all 2 groups that the filter shows ╮');
    expect(asked).toContain('[ Retry 134 ]');
    expect(lastSelection(engine)).toEqual({ filter: 'side:dest', groups: null, entries: null, uids: null });
    await console.type('\r');
    await console.clock.pass(100);
    expect(engine.triage.decisions[0]?.uids).toBe(134);
    expect(await console.screen()).not.toContain('marked');
  });

  it('is one entry of a group, or one message of an entry', async () => {
    const { console, engine } = await aTriage();
    await console.type('\r');
    await console.type('j');
    await console.type('R');
    expect(await console.screen()).toContain('[ Retry 43 ]');
    expect(lastSelection(engine)).toMatchObject({ groups: ['OVERQUOTA'], entries: ['peter@new.example/43'] });
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('\r');
    await console.type('\u001b[C\u001b[C');
    expect(await console.screen()).toContain('UID 48215   3 of 43');
    await console.type('S');
    expect(await console.screen()).toContain('UID 48215 ╮');
    await console.type('broken\r');
    await console.clock.pass(100);
    expect(engine.triage.decided.get(1)?.selected.map(({ uids }) => uids)).toEqual([[48_215]]);
  });

  it('is of one mailbox where its errors are looked at', async () => {
    const engine = anErringEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('jm');
    await console.type('\r');
    await console.type('R');
    expect(lastSelection(engine)?.filter).toBe('mailbox:"maria@new.example"');
    expect(await console.screen()).toContain('[ Retry 88 ]');
  });
});

describe('the filter of errors', () => {
  it('is read by the engine; a bad one says so below, and the last good list stays', async () => {
    const { console, engine } = await aTriage();
    await console.type('/kind:quota');
    await console.clock.pass(300);
    expect(await console.screen()).toContain('groups 1-1 of 1   filter kind:quota   131 messages');
    await console.type(' kind:qota');
    await console.clock.pass(300);
    const { text } = await console.look();
    expect(text.join('\n')).toContain('groups 1-1 of 1   filter kind:quota kind:qota   131 messages');
    expect(text.at(-2)).toMatch(/▲ filter kind:qota: no such kind/);
    expect(text.at(-3)).toContain('kind:quota kind:qota');
    await console.type('\r');
    await console.type('R');
    expect(lastSelection(engine)?.filter).toBe('kind:quota');
    await console.type('\u001b');
    await console.clock.pass(100);
    await console.type('/\u001b');
    await console.clock.pass(400);
    const all = await console.screen();
    expect(all).toContain('groups 1-3 of 3');
    expect(all).not.toContain('no such kind');
  });

  it('goes with one into a group', async () => {
    const { console } = await aTriage();
    await console.type('/mailbox:peter*\r');
    await console.clock.pass(300);
    await console.type('\r');
    const entries = await console.screen();
    expect(entries).toContain('entries 1-1 of 1   filter mailbox:peter*   43 messages');
  });

  it('turns to groups by kind and back', async () => {
    const { console, engine } = await aTriage();
    await console.type('t');
    await console.clock.pass(300);
    const kinds = await console.screen();
    expect(kinds).toMatch(/▸ {2}\(quota\)/);
    expect(kinds).toContain('by kind   since 20:00');
    await console.type('R');
    expect(lastSelection(engine)?.groups).toEqual(['kind quota']);
  });
});

describe('releasing a hold', () => {
  it('asks for the new password that a mailbox waits for, and gives it to the engine alone', async () => {
    const { console, engine } = await aTriage();
    await console.type('jj');
    await console.type('H');
    const asked = await console.screen();
    expect(asked).toContain('1 held mailbox');
    expect(asked).toMatch(/tom@new\.example +new password of the source/);
    await console.type('hunter2');
    expect(await console.screen()).toContain('●●●●●●●');
    await console.type('\r');
    await console.clock.pass(100);
    const secret: EngineCommand = { do: 'password', mailbox: 'tom-new-example', side: 'source', secret: 'hunter2' };
    expect(engine.orders).toEqual([secret, { do: 'decide', preview: 'p1', by: 'eva' }]);
    expect(await console.screen()).not.toContain('hunter2');
  });

  it('tries the old one where nothing is typed, and says what is refused', async () => {
    const { console, engine } = await aTriage();
    await console.type('jj');
    engine.answers.set('password', { ok: false, why: 'no mailbox waits for that' });
    await console.type('H');
    await console.type('x\r');
    await console.clock.pass(100);
    expect(await console.screen()).toContain('▲ tom@new.example: no mailbox waits for that');
    expect(engine.triage.decisions).toEqual([]);
    await console.type('\u007f\r');
    await console.clock.pass(100);
    expect(engine.triage.decisions).toHaveLength(1);
  });
});

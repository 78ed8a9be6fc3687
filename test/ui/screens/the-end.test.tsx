import { describe, expect, it } from 'vitest';
import { aBatch, aMailbox, aNight, counts, NOW } from '../support/a-batch.js';
import { aBatchConsole } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';

const done = () =>
  ['ann', 'bob'].map((user) =>
    aMailbox(`${user}@new.example`, { state: { kind: 'synced', at: NOW }, counts: counts(50, 50), startedAt: NOW }),
  );
const FIRST = 'school-2026 › results';

async function aConsole(mailboxes = aNight()) {
  const engine = new PaperEngine(mailboxes);
  const { console } = await aBatchConsole(engine);
  const ends = async (): Promise<void> => {
    engine.say({ type: 'end', exitCode: 0, batch: aBatch(engine.mailboxes, { state: 'ended' }) });
    await console.clock.pass(200);
  };
  const waits = async (state: 'waiting' | 'running'): Promise<void> => {
    engine.say({ type: 'batch', batch: aBatch(engine.mailboxes, { state }) });
    await console.clock.pass(200);
  };
  return { console, ends, waits };
}

describe('the end of the work', () => {
  it('shows the results by itself, wherever one is, and esc leads back there', async () => {
    const { console, ends } = await aConsole(done());
    await console.type('l');
    await ends();
    const { text } = await console.look();
    expect(text[0]).toContain('results');
    expect(text.join('\n')).toMatch(/all settled: 2 mailboxes are in step/);
    expect(text.join('\n')).toContain('the batch has ended; esc leads back');
    await console.type('\u001b');
    await console.clock.pass(100);
    expect((await console.look()).text[0]).toContain('school-2026 › log');
  });

  it('shows them once', async () => {
    const { console, waits } = await aConsole();
    await waits('waiting');
    expect((await console.look()).text[0]).toContain(FIRST);
    await console.type('\u001b');
    await console.clock.pass(100);
    await waits('running');
    await waits('waiting');
    expect((await console.look()).text[0]).not.toContain('results');
  });

  it('says how it stands when all that is left waits for the operator, and again when it has ended', async () => {
    const { console, waits, ends } = await aConsole();
    await waits('waiting');
    expect(await console.screen()).toMatch(/2 of 185 mailboxes need you/);
    await console.type('\u001b');
    await console.clock.pass(100);
    await ends();
    expect((await console.look()).text[0]).toContain(FIRST);
  });

  it('names commands for later, and not the one that opens what is open', async () => {
    const { console, ends } = await aConsole();
    await ends();
    // The toast has gone.
    await console.clock.pass(30_000);
    const screen = await console.screen();
    expect(screen).toContain('nightferry resume school-2026  tries all of it again');
    expect(screen).not.toContain('nightferry attach');
  });

  it('waits until a question is answered', async () => {
    const { console, ends } = await aConsole();
    await console.type('X');
    expect(await console.screen()).toContain('stop the work');
    await ends();
    expect(await console.screen()).toContain('stop the work');
    await console.type('\u001b');
    await console.clock.pass(200);
    expect((await console.look()).text[0]).toContain(FIRST);
  });

  it('waits while somebody types', async () => {
    const { console, ends } = await aConsole();
    await console.type('/tom');
    await ends();
    expect((await console.look()).text[0]).not.toContain('results');
    await console.type('\r');
    await console.clock.pass(200);
    expect((await console.look()).text[0]).toContain(FIRST);
  });
});

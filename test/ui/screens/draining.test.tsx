import { describe, expect, it } from 'vitest';
import type { BatchEntity } from '../../../src/protocol/entities.js';
import { drainOf } from '../../../src/ui/select/states.js';
import { said } from '../../support/a-reason.js';
import { aBatch, aCopying, aMailbox, MINUTE, NOW } from '../support/a-batch.js';
import { aBatchConsole } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';

const mailboxes = () => [
  aCopying('ann', 0.5),
  aMailbox('bob', { state: { kind: 'backing-off', until: NOW + 60_000, because: said('source', 'NO [LIMIT] later') } }),
];

async function aConsoleThat(batch: Partial<BatchEntity>) {
  const engine = new PaperEngine(mailboxes());
  const { console } = await aBatchConsole(engine);
  engine.say({ type: 'batch', batch: aBatch(mailboxes(), { ...batch, eta: null }) });
  await console.clock.pass(500);
  return console;
}

describe('while what is in flight is settled', () => {
  it.each([
    [{ state: 'paused' as const }, 'pausing'],
    [{ state: 'draining' as const }, 'stopping'],
    [{ closedUntil: NOW + 900 * MINUTE }, 'pausing'],
  ])('%j: a mailbox at work says so instead of when it will be done, on every screen', async (batch, word) => {
    const console = await aConsoleThat(batch);
    const panes = await console.screen();
    expect(panes).toMatch(new RegExp(`ann ─+ ${word} ╮`));
    expect(panes).toContain('20 in flight');
    expect(panes).toMatch(/bob ─+ back in 1:00 ╮/);
    expect(panes).not.toContain('until 04:12');
    await console.type('t');
    const table = await console.screen();
    expect(table).toMatch(new RegExp(`ann +● ${word}`));
    expect(table).not.toContain('04:12');
    await console.type('\r');
    expect(await console.screen()).toMatch(new RegExp(`^ ● ${word} {3}INBOX`, 'm'));
    expect(await console.screen()).not.toContain('done about');
    await console.type('s');
    expect(await console.screen()).toMatch(new RegExp(`ann .*${word} INBOX`));
  });

  it('is nothing where the batch goes on, has ended, or is not known', () => {
    const batch = aBatch([]);
    expect(drainOf(batch)).toBeNull();
    expect(drainOf({ ...batch, state: 'ended', closedUntil: NOW })).toBeNull();
    expect(drainOf(null)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { plainPrinter } from '../../../src/commands/output/plain-printer.js';
import { NO_COUNTS } from '../../../src/protocol/entities.js';
import { aMailbox } from '../../support/fake-engine.js';
import { aPrinter, copying, failure } from '../a-printer.js';

describe('a night in plain lines', () => {
  it('give each advice once for a mailbox: the line that holds it need not repeat what the failure said', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    const held = {
      kind: 'held',
      because: { key: 'told', text: 'full' },
      asks: { key: 'as-written', text: 'raise the quota' },
    } as const;
    await show(failure(), { type: 'mailbox', mailbox: aMailbox('ann', { state: held }) });
    await show(failure({ mailbox: 'bob@new.example' }));
    expect(paper.lines.map((line) => line.endsWith(' -> raise the quota'))).toEqual([true, false, true]);
    expect(paper.lines[1]).toMatch(/ann@new.example held: full$/);
  });

  it('say nothing of a folder that is done, and again after a minute of one that stands still', async () => {
    const { paper, time, show } = aPrinter(plainPrinter);
    await show(copying(0));
    for (let i = 0; i < 30; i += 1) {
      time.now += 2_500;
      await show(copying(0));
    }
    expect(paper.lines).toHaveLength(1);
    for (let i = 0; i < 30; i += 1) {
      time.now += 2_500;
      await show(copying(10));
    }
    expect(paper.lines.slice(1).map((line) => line.slice(11, 19))).toEqual(['23:13:22', '23:14:22']);
  });

  it('call a mailbox that left mail behind not simply synced', async () => {
    const { paper, show } = aPrinter(plainPrinter);
    const counts = { ...NO_COUNTS, total: 60, copied: 45, failed: 15 };
    const state = { kind: 'synced', at: 1 } as const;
    await show(copying(5), { type: 'mailbox', mailbox: aMailbox('ann', { state, counts, errors: 15 }) });
    expect(paper.lines.at(-1)).toMatch(/ann@new.example ended: 15 messages are not copied$/);
  });
});

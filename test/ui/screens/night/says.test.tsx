import { describe, expect, it } from 'vitest';
import { type MailboxEntity, NO_COUNTS } from '../../../../src/protocol/entities.js';
import { said } from '../../../support/a-reason.js';
import { aBatch, aCopying, aHeld, aMailbox, aNight, NOW } from '../../support/a-batch.js';
import { aBatchConsole } from '../../support/a-batch-console.js';
import { PaperEngine } from '../../support/paper-engine.js';
import { someErrors } from '../../support/some-errors.js';

const anEngine = () => new PaperEngine(aNight());

describe('the night says', () => {
  it('says of a batch that was broken off that it was, and how much is left', async () => {
    const left = { ...NO_COUNTS, total: 10_000, copied: 3_772, left: 6_228 };
    const { console } = await aBatchConsole(
      new PaperEngine([aMailbox('ann', { state: { kind: 'stopped' }, counts: left })]),
    );
    expect(await console.screen()).toContain('1 mailbox was stopped, 6,228 messages left: R goes on');
  });

  it('cuts no number in two where many states are there', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    const { byState, ...batch } = aBatch(aNight());
    const many = { ...byState, held: 1, copying: 3, verifying: 2, connecting: 1, queued: 107, synced: 1_234 };
    engine.say({ type: 'batch', batch: { ...batch, byState: many } });
    await console.clock.pass(500);
    const line = (await console.look()).text[2] ?? '';
    // Mailboxes at work are one number then: those that wait and those that are done say how far the night is.
    expect(line).toMatch(/^ ▲ held 1 {2}at work 6 {2}backing off 1 {2}queued 107 {2}synced 1,234 +412\/s/);
  });

  it('says in the table why a mailbox does not move, in the place of its pace, also at 80 columns', async () => {
    const full = said('destination', 'NO [OVERQUOTA] Quota exceeded (mailbox for user is full)');
    const { console } = await aBatchConsole(
      new PaperEngine([aHeld('maria@new.example', full, 'raise the quota'), aCopying('ann', 0.5)]),
    );
    await console.type('t');
    const { text } = await console.look();
    expect(text.find((line) => line.includes('maria'))).toMatch(/▲ held +\d+% .* OVERQUOTA Quota/);
    expect(text.find((line) => line.includes('ann'))).toMatch(/● copying +50% .*112\/s +04:12/);
  });

  it('shows what failed when the batch has ended, from its files, and says how to go on', async () => {
    const engine = anEngine();
    const { console, services } = await aBatchConsole(engine);
    services.files = someErrors();
    engine.say({ type: 'end', exitCode: 4, batch: aBatch(aNight(), { state: 'stopped' }) });
    engine.die();
    await console.clock.pass(500);
    await console.type('e');
    await console.clock.pass(500);
    expect(await console.screen()).toContain('OVERQUOTA');
    expect(await console.screen()).not.toContain('broke');
  });

  it('does not call a mailbox synced that came to its end with something open, and shows it first', async () => {
    const ended = (name: string, at: number, more: Partial<MailboxEntity> = {}) =>
      aMailbox(name, { state: { kind: 'synced', at: NOW - at }, endedAt: NOW - at, ...more });
    const { console } = await aBatchConsole(
      new PaperEngine([
        ended('ann', 1_000),
        ended('bob', 60_000, { errors: 2, counts: { ...NO_COUNTS, total: 1_910, copied: 1_908, failed: 2 } }),
      ]),
    );
    const { text } = await console.look();
    const rows = text.filter((line) => /ann|bob/.test(line));
    expect(rows[0]).toMatch(/▲ bob +not copied +2 +02:13 enter mailbox/);
    expect(rows[1]).toMatch(/ann +✓ synced 02:14/);
    await console.type('t');
    expect(await console.screen()).toMatch(/bob +▲ ended 02:13 +100% +2/);
  });

  it('says of a mailbox that went through and left messages behind that it needs a hand', async () => {
    const state = { kind: 'synced', at: NOW } as const;
    const left = { ...NO_COUNTS, total: 1_910, left: 1_905, copied: 5 };
    const { console } = await aBatchConsole(new PaperEngine([aMailbox('bob', { state, errors: 13, counts: left })]));
    const screen = await console.screen();
    expect(screen).toContain('needs you 1');
    expect(screen).toMatch(/▲ bob +not copied +1,905 +enter mailbox/);
  });

  it('says of an incomplete mailbox how many messages are missing, and why', async () => {
    const because = { key: 'short', by: [{ kind: 'left', messages: 36, folders: 2 }] } as const;
    const state = { kind: 'incomplete', at: NOW, left: 36, because } as const;
    const { console } = await aBatchConsole(new PaperEngine([aMailbox('bob', { state, errors: 2 })]));
    const screen = await console.screen();
    expect(screen).toContain('needs you 1');
    expect(screen).toMatch(/▲ bob +not copied +36 +enter mailbox/);
  });

  it('counts with mailboxes that have not begun: the first one is not the whole night', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    const counts = { ...NO_COUNTS, total: 1_300, copied: 853, left: 447, bytesTotal: 3e6, bytesCopied: 2e6 };
    engine.say({ type: 'batch', batch: aBatch(aNight(), { counts, expected: 7_800, unseen: 5, errors: 0 }) });
    await console.clock.pass(500);
    expect(await console.screen()).toMatch(/10% {2}853 of about 7,800 messages {2}1.9 MB *\n/);
  });

  it('tells when the next one tries where all rest, and no end while nothing is to move', async () => {
    const resting = aMailbox('ann', {
      state: { kind: 'backing-off', until: NOW + 221_000, because: said('source', 'NO') },
    });
    const engine = new PaperEngine([resting]);
    const { console } = await aBatchConsole(engine);
    expect(await console.screen()).toContain('next try in 3:41');
    engine.say({ type: 'batch', batch: aBatch(aNight(), { state: 'paused' }) });
    await console.clock.pass(500);
    expect((await console.look()).text[3]).not.toContain('done about');
  });
});

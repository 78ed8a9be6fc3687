import { describe, expect, it } from 'vitest';
import { answer, delay, when } from '../../../demo/server/index.js';
import type { Counts, MailboxEntity } from '../../../src/protocol/entities.js';
import { EVERYTHING } from '../../../src/words/decision.js';
import { aNight, type Night, type Running } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { MINUTE } from '../../support/trouble.js';

const REFUSED = answer('NO [NOPERM] no rights');
const REPAIR = answer('NO [UNAVAILABLE] Mailbox is being repaired');

function entity({ engine }: Running): MailboxEntity {
  return engine.status().mailboxes[0] ?? expect.unreachable();
}

/** Accepts all that stands open, as an operator does who has seen it. */
async function accepts(night: Night, { engine }: Running): Promise<void> {
  const action = { do: 'skip', why: 'not wanted' } as const;
  const seen = await night.clock.until(engine.command({ do: 'preview', action, selection: EVERYTHING }));
  if (!seen.ok || !seen.preview) return expect.unreachable();
  expect(await night.clock.until(engine.command({ do: 'decide', preview: seen.preview.id, by: 'me' }))).toMatchObject({
    ok: true,
  });
}

function addUp({ total, copied, matched, skipped, failed, vanished, left }: Counts): void {
  expect(copied + matched + skipped + failed + vanished + left).toBe(total);
}

describe('new mail in a folder that is refused now', () => {
  it.each([
    ['source', ['EXAMINE']],
    ['destination', ['STATUS', 'SELECT']],
  ] as const)(
    'is left, and the batch does not end in 0 when the refusal is accepted: %s %s',
    async (side, commands) => {
      const night = await aNight({
        mail: () => ({ INBOX: letters(5), Old: letters(3, 'old') }),
        destination: { without: ['LIST-STATUS'] },
      });
      expect(await night.run()).toBe(0);
      night.source.fill('ann', { Old: letters(4, 'new') });
      night[side].goesWrong(...commands.map((command) => when(command, REFUSED, { folder: 'Old' })));
      const running = night.start();
      running.engine.attend();
      await night.clock.passes(MINUTE);
      const { counts, errors } = entity(running);
      addUp(counts);
      expect([errors, counts.left]).toEqual([1, 4]);
      await accepts(night, running);
      expect(await night.clock.until(running.done)).toBe(3);
    },
  );
});

describe('a folder that the source has no more', () => {
  it('is not counted any more', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(5), Old: letters(3, 'old') }) });
    night.source.goesWrong(when('EXAMINE', REFUSED, { folder: 'Old' }));
    expect(await night.run()).toBe(3);
    night.source.goesWrong();
    night.source.account('ann').folders.delete('Old');
    expect(await night.run()).toBe(0);
    const known = (await night.record()).data.folders.map(({ source }) => source);
    expect(known).toContain('INBOX');
    expect(known).not.toContain('Old');
  });
});

describe('what was there before us', () => {
  it('is matched afresh and counted once where the destination became another folder', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(5) }) });
    night.destination.fill('ann', { INBOX: letters(5) });
    expect(await night.run()).toBe(0);
    const inbox = night.destination.account('ann').folders.get('INBOX');
    if (!inbox) return expect.unreachable();
    inbox.uidValidity += 1_000;
    night.source.fill('ann', { INBOX: letters(3, 'new') });
    expect(await night.run()).toBe(0);
    addUp(night.mailbox('ann').counts);
    expect(night.mailbox('ann').counts).toMatchObject({ total: 8, copied: 3, matched: 5 });
  });
});

describe('a failure of one folder while mail arrives in another', () => {
  /** Work is in repair at the destination; new mail comes into INBOX, and Work answers late. */
  async function inRepair(): Promise<{ readonly night: Night; readonly running: Running }> {
    const night = await aNight({ mail: () => ({ INBOX: letters(4), Work: letters(5, 'work') }) });
    night.destination.goesWrong(when('APPEND', REPAIR, { folder: 'Work' }));
    const running = night.start();
    running.engine.attend();
    await night.clock.passes(2 * MINUTE);
    expect(entity(running).errors).toBe(1);
    night.source.fill('ann', { INBOX: letters(3, 'new') });
    night.destination.goesWrong(when('APPEND', delay(MINUTE, REPAIR), { folder: 'Work' }));
    return { night, running };
  }

  it('stands open all the while, and on the disk', async () => {
    const { night, running } = await inRepair();
    for (let minute = 0; minute < 20; minute++) {
      await night.clock.passes(MINUTE);
      expect(entity(running).errors).toBe(1);
    }
    running.kill();
    const [entry] = await night.errors();
    expect(entry?.times).toBeGreaterThan(1);
  });

  it('can be accepted at any time, and stays so', async () => {
    const { night, running } = await inRepair();
    await night.clock.passes(4 * MINUTE);
    await accepts(night, running);
    await night.clock.passes(10 * MINUTE);
    expect(entity(running).errors).toBe(0);
    running.kill();
  });
});

it('messages that are expected do not become fewer when mailboxes that never began are paused', async () => {
  const night = await aNight({
    mailboxes: 6,
    mail: () => ({ INBOX: letters(10) }),
    options: { stagger: { min: 600, max: 600 } },
  });
  const running = night.start();
  await night.clock.passes(MINUTE);
  const { expected } = running.engine.status().batch;
  expect(expected).toBe(60);
  for (const user of ['user3', 'user4', 'user5', 'user6']) await running.engine.command({ do: 'pause', mailbox: user });
  expect(running.engine.status().batch.expected).toBe(expected);
  running.kill();
});

import { expect, it } from 'vitest';
import { answer, whenMessage } from '../../../demo/server/index.js';
import { aNight } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';

it('shows a refused message to its operator, and keeps and tells nothing of it', async () => {
  const mail = [...letters(2), letter('confidential')];
  const night = await aNight({ mail: () => ({ INBOX: mail }) });
  night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused'), { containing: 'confidential' }));
  const { engine, done } = night.start();
  const leave = engine.attend();
  while (engine.status().mailboxes[0]?.state.kind !== 'synced') await night.clock.passes(1_000);
  const look = (uid: number) =>
    night.clock.until(engine.command({ do: 'message', mailbox: 'ann', folder: 'INBOX', uid }));
  expect(await look(3)).toMatchObject({ ok: true, message: { subject: 'confidential', flags: ['\\Seen'] } });
  expect(await look(4)).toEqual({ ok: false, why: 'UID 4 is gone from the source' });
  night.source.account('ann').folder('INBOX').uidValidity++;
  expect(await look(3)).toMatchObject({ ok: false, why: expect.stringContaining('made anew at the source') });
  leave();
  expect(await night.clock.until(done)).toBe(3);
  expect(JSON.stringify(night.events)).not.toContain('confidential');
  expect(JSON.stringify(await night.errors())).not.toContain('confidential');
  night.checkManners();
});

import { describe, expect, it } from 'vitest';
import { hang, when } from '../../demo/server/index.js';
import type { Side } from '../../src/words/side.js';
import { aNight, type Night } from '../support/night.js';
import { expectSameMail } from '../support/same-mail.js';

/** Stops the batch so many milliseconds after its start. @returns what that took, in milliseconds, and the exit code */
async function stopAfter(night: Night, ms: number): Promise<{ readonly took: number; readonly code: number }> {
  const running = night.start();
  await night.clock.passes(ms);
  const ordered = night.clock.now();
  await running.engine.command({ do: 'stop', how: 'drain', mailbox: null });
  const code = await night.clock.until(running.done);
  return { took: night.clock.now() - ordered, code };
}

describe('a stop is one within seconds', () => {
  it.each<[Side, string]>([
    ['source', 'AUTHENTICATE'],
    ['source', 'LIST'],
    ['source', 'EXAMINE'],
    ['source', 'UID FETCH'],
    ['destination', 'AUTHENTICATE'],
    ['destination', 'LIST'],
    ['destination', 'STATUS'],
    ['destination', 'CREATE'],
    ['destination', 'APPEND'],
    ['destination', 'SELECT'],
    ['destination', 'UID FETCH'],
  ])('whatever the %s does not answer: %s', async (side, command) => {
    const night = await aNight({ mailboxes: ['ann', 'bob'] });
    night[side].goesWrong(when(command, hang()));

    const { took, code } = await stopAfter(night, 20_000);

    expect(code).toBe(4);
    expect(took).toBeLessThanOrEqual(2_500);
    night.checkManners();

    night.source.isWell();
    night.destination.isWell();
    expect(await night.run()).toBe(0);
    for (const user of night.users) expectSameMail(night, user);
  });

  it('for one mailbox alone, while the others go on', async () => {
    const night = await aNight({ mailboxes: ['ann', 'bob'] });
    night.source.goesWrong(when('UID FETCH', hang(), { account: 'ann' }));
    const running = night.start();
    await night.clock.passes(20_000);
    await running.engine.command({ do: 'stop', how: 'drain', mailbox: 'ann' });
    expect(await night.clock.until(running.done)).toBe(4);
    expect(night.mailbox('bob').state.kind).toBe('synced');
    expectSameMail(night, 'bob');
  });
});

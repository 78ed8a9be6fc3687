import { describe, expect, it } from 'vitest';
import { delay, when } from '../../../demo/server/index.js';
import type { MailboxEntity } from '../../../src/engine/protocol.js';
import { aNight } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';

const MAIL = { INBOX: letters(60), Work: letters(40, 'work') };

/** A night in which each message takes a second to be stored; all that was published of its one mailbox. */
async function slowNight(): Promise<readonly MailboxEntity[]> {
  const night = await aNight({ mail: () => MAIL, destination: { without: ['MULTIAPPEND'] } });
  night.destination.goesWrong(when('APPEND', delay(1000)));
  expect(await night.run()).toBe(0);
  return night.events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : []));
}

const copiedOf = ({ folders }: MailboxEntity, name: string) =>
  folders.find(({ source }) => source === name)?.counts.copied ?? 0;

describe('a slow destination', () => {
  it('is seen to move: every message, and at which rate', async () => {
    const told = await slowNight();
    const counts = new Set(told.map(({ counts }) => counts.copied));
    for (let copied = 1; copied <= 100; copied++) expect(counts).toContain(copied);
    const settled = told.filter(({ counts }) => counts.copied > 20 && counts.copied < 60);
    for (const { rate, eta } of settled) {
      expect(rate.messages).toBeGreaterThan(0.7);
      expect(rate.messages).toBeLessThan(1.3);
      expect(eta).not.toBeNull();
    }
  });

  it('is shown with the folder that messages arrive in, though the next is asked for and the last read back', async () => {
    const told = await slowNight();
    const within = (name: 'INBOX' | 'Work') =>
      told.filter((one) => copiedOf(one, name) > 0 && copiedOf(one, name) < MAIL[name].length);
    expect(within('INBOX').length).toBeGreaterThan(50);
    expect(new Set(within('INBOX').map(({ folder, state }) => `${state.kind} ${folder}`))).toEqual(
      new Set(['copying INBOX']),
    );
    // The first of it arrives while INBOX is read back.
    expect(
      new Set(
        within('Work')
          .slice(2)
          .map(({ folder, state }) => `${state.kind} ${folder}`),
      ),
    ).toEqual(new Set(['copying Work']));
    // INBOX is read back while Work arrives: that is no news, and no state in between.
    expect(told.at(-1)?.history.map(({ kind }) => kind)).toEqual([
      'connecting',
      'scanning',
      'copying',
      'verifying',
      'synced',
    ]);
  });
});

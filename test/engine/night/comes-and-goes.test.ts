import { describe, expect, it } from 'vitest';
import { seeded } from '../../../bench/lab/seeded.js';
import type { FaultEvent, Rule } from '../../../demo/server/index.js';
import { aNight } from '../../support/night.js';
import type { NightClock } from '../../support/night-clock.js';
import { letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { MINUTE } from '../../support/trouble.js';

const UP = 20_000;
const DOWN = 15_000;
const LASTS = 16 * MINUTE;
/** Of the pieces that a line carries, a few times a second each way. */
const CUT_ONE_IN = 60;

/** A server that is up for 20 s and gone for 15 s by turns, with lines that drop at random while it is up. */
function comesAndGoes(clock: NightClock, seed: number): { readonly rule: Rule; readonly cuts: () => number } {
  const random = seeded(seed);
  let cuts = 0;
  const rule = (event: FaultEvent) => {
    const at = clock.now() - clock.began;
    if (at >= LASTS) return undefined;
    const isGone = at % (UP + DOWN) >= UP;
    if (event.at === 'connect') return isGone ? ({ kind: 'drop', after: null } as const) : undefined;
    if (event.at !== 'bytes') return undefined;
    if (!isGone && random() * CUT_ONE_IN >= 1) return undefined;
    cuts++;
    return { kind: 'drop', after: event.from } as const;
  };
  return { rule, cuts: () => cuts };
}

describe('a server that comes and goes for 16 minutes', () => {
  it.each([
    ['source', 3],
    ['source', 19],
    ['destination', 1],
    ['destination', 2],
  ] as const)('costs time, and no message or folder is convicted for it (%s, seed %i)', async (side, seed) => {
    const INBOX = letters(220, 'inbox', { bytes: 1500 });
    const mail = () => ({ INBOX, Archive: letters(60, 'archive', { bytes: 1500 }), Sent: letters(40, 'sent') });
    const night = await aNight({ mail, speed: { [side]: 1200 }, seed });
    const { rule, cuts } = comesAndGoes(night.clock, seed);
    night[side].goesWrong(rule);
    expect(await night.run()).toBe(0);
    expect(night.clock.now() - night.clock.began).toBeGreaterThan(5 * MINUTE);
    expect(cuts()).toBeGreaterThan(5);
    expectSameMail(night);
    expect((await night.errors()).filter(({ uids }) => !uids.isEmpty)).toEqual([]);
    expect(night.failures.filter(({ uids }) => uids !== null && uids !== '')).toEqual([]);
    expect(night.mailbox('ann')).toMatchObject({ state: { kind: 'synced' }, counts: { copied: 320, failed: 0 } });
  });
});

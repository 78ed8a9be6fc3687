import { describe, expect, it } from 'vitest';
import type { ServerOptions } from '../../../demo/server/index.js';
import type { Side } from '../../../src/words/side.js';
import { type Night, Night as NightOf, type NightOptions } from '../../support/night.js';
import { smallMail } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { ByteCount, cutAtByte } from '../../support/trouble.js';

/** Bytes at which a line is cut, for each side and direction; more when somebody has the time. */
const NIGHTS = Number(process.env.NIGHTS ?? 12);

const DESTINATIONS: readonly (readonly [string, ServerOptions])[] = [
  ['every capability', {}],
  ['late commits', { lateMs: 1200 }],
  ['no UIDPLUS', { without: ['UIDPLUS'] }],
  ['no UIDPLUS and late commits', { without: ['UIDPLUS'], lateMs: 1200 }],
  ['no MULTIAPPEND, no UIDPLUS', { without: ['UIDPLUS', 'MULTIAPPEND'] }],
  ['literals waited for', { without: ['LITERAL+'] }],
  ['LITERAL-, no UIDPLUS', { without: ['UIDPLUS'], with: ['LITERAL-'], lateMs: 700 }],
];

describe.each(DESTINATIONS)('a connection that drops at any byte, with %s', (_, destination) => {
  const options: NightOptions = { destination, mail: () => smallMail() };

  it.each([
    ['source', 'received'],
    ['source', 'sent'],
    ['destination', 'received'],
    ['destination', 'sent'],
  ] as const)('costs no message and doubles none (%s, %s)', async (side, direction) => {
    const all = await undisturbed(options, side, direction);
    for (let n = 0; n < NIGHTS; n++) {
      const byte = 1 + Math.floor(((n + 0.37) * all) / NIGHTS);
      await oneNight({ ...options, seed: byte }, async (night) => {
        night[side].goesWrong(cutAtByte(direction, byte));
        await at(`${side} ${direction} byte ${byte} of ${all}`, async () => {
          const code = await night.run();
          expectSameMail(night);
          expect(code).toBe(0);
        });
      });
    }
  });
});

async function undisturbed(options: NightOptions, side: Side, direction: 'received' | 'sent'): Promise<number> {
  const count = new ByteCount();
  await oneNight(options, async (night) => {
    night[side].watch(count.watch);
    expect(await night.run()).toBe(0);
  });
  return count[direction]();
}

async function oneNight(options: NightOptions, test: (night: Night) => Promise<void>): Promise<void> {
  const night = await new NightOf(options).begin();
  try {
    await test(night);
  } finally {
    await night.end();
  }
}

async function at(where: string, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof Error) error.message = `${where}: ${error.message}`;
    throw error;
  }
}

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { delay, drop, when } from '../../../demo/server/index.js';
import type { NightPace } from '../../../src/words/night-pace.js';
import { aNight, type Night } from '../../support/night.js';
import { letters } from '../../support/odd-mail.js';
import { HOUR } from '../../support/trouble.js';

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const fileOf = (night: Night) => join(night.dir, 'night', 'pace.json');
const kept = async (night: Night): Promise<NightPace> => JSON.parse(await readFile(fileOf(night), 'utf8')).night;

async function aNightOfDrops(): Promise<Night> {
  const night = await aNight({
    mail: () => ({ INBOX: letters(40) }),
    destination: { without: ['MULTIAPPEND'] },
    disk: 'real',
  });
  night.destination.goesWrong(when('APPEND', drop(), { nth: 20 }), when('APPEND', delay(2000)));
  return night;
}

it('the pace of the whole night is written down, over runs and the time between them', async () => {
  const night = await aNightOfDrops();
  expect(await night.run()).toBe(0);
  const first = await kept(night);
  expect(sum(first.messages)).toBe(40);
  expect(sum(first.bytes)).toBeGreaterThan(40 * 100);
  expect(first.marks.dropped).toHaveLength(1);
  expect(first.marks['no engine']).toEqual([]);
  await night.clock.passes(2 * HOUR);
  night.destination.isWell();
  night.source.fill('ann', { Later: letters(5, 'later') });
  expect(await night.run()).toBe(0);
  const second = await kept(night);
  expect(second.from).toBe(first.from);
  expect(sum(second.messages)).toBe(45);
  // As long as nobody ran it, and no longer.
  const none = second.marks['no engine'].length * second.stretch;
  expect(Math.abs(none - 2 * HOUR)).toBeLessThanOrEqual(2 * second.stretch);
});

it('a running engine tells it up to now, also while nothing moves', async () => {
  const night = await aNightOfDrops();
  night.destination.goesWrong(when('APPEND', delay(60_000)));
  const running = night.start();
  await night.clock.passes(90_000);
  const answer = await running.engine.command({ do: 'pace' });
  expect(answer).toMatchObject({ ok: true, pace: { until: night.clock.now() } });
  expect(await night.clock.until(running.done)).toBe(0);
});

it('one that cannot be read costs the graph of the time before, is left as it is, and keeps nothing from being copied', async () => {
  const night = await aNightOfDrops();
  expect(await night.run()).toBe(0);
  const files = (await readdir(join(night.dir, 'night'))).filter((name) => name.startsWith('pace'));
  for (const name of files) await writeFile(join(night.dir, 'night', name), '{"version":2,"night":"torn');
  night.source.fill('ann', { Later: letters(5, 'later') });
  expect(await night.run()).toBe(0);
  expect(await readFile(fileOf(night), 'utf8')).toBe('{"version":2,"night":"torn');
  expect(night.mailbox('ann').counts).toMatchObject({ copied: 45, left: 0 });
});

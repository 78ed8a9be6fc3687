import { describe, expect, it } from 'vitest';
import { StoryClock } from '../../demo/night/story-clock.js';
import { Wall } from './support/wall.js';

const BEGAN = 1_000_000;

describe('the clock of a story', () => {
  it('runs so many times as fast as the wall, and follows when that changes', async () => {
    const wall = new Wall();
    let factor = 20;
    const clock = new StoryClock(BEGAN, () => factor, wall);
    wall.at += 10;
    expect(clock.now()).toBe(BEGAN + 200);
    wall.turnEnds();
    factor = 100;
    wall.at += 10;
    expect(clock.now()).toBe(BEGAN + 1200);
  });

  it('stands still while one thing is done', async () => {
    const wall = new Wall();
    const clock = new StoryClock(BEGAN, () => 300, wall);
    const before = clock.now();
    wall.at += 40;
    expect(clock.now()).toBe(before);
    wall.turnEnds();
    expect(clock.now()).toBe(before + 40 * 300);
  });

  it('wakes sleepers at their time, the earlier one first', async () => {
    const wall = new Wall();
    const clock = new StoryClock(BEGAN, () => 60, wall);
    const woken: [string, number][] = [];
    void clock.sleep(60_000).then(() => woken.push(['minute', clock.now() - BEGAN]));
    void clock.sleep(6000).then(() => woken.push(['6 s', clock.now() - BEGAN]));
    void clock.sleep(5990).then(() => woken.push(['a little less', clock.now() - BEGAN]));
    await wall.passes(99);
    expect(woken).toEqual([]);
    await wall.passes(1);
    expect(woken.map(([name]) => name)).toEqual(['a little less', '6 s']);
    await wall.passes(900);
    expect(woken).toHaveLength(3);
    expect(woken[2]![1]).toBeGreaterThanOrEqual(60_000);
    expect(woken[2]![1]).toBeLessThan(60_000 + 60 * 21);
  });

  it('is not late for one who comes while it waits for another', async () => {
    const wall = new Wall();
    const clock = new StoryClock(BEGAN, () => 10, wall);
    void clock.sleep(60_000);
    await wall.passes(1);
    let at = 0;
    void clock.sleep(50).then(() => {
      at = wall.at;
    });
    await wall.passes(19);
    expect(at).toBe(6);
  });

  it('lets nobody miss minutes where the machine stalls: the story waits, too', async () => {
    const wall = new Wall();
    const clock = new StoryClock(BEGAN, () => 1000, wall);
    let woken = false;
    void clock.sleep(300_000).then(() => {
      woken = true;
    });
    await wall.stallsFor(5000);
    expect(clock.now() - BEGAN).toBe(50_000);
    expect(woken).toBe(false);
    await wall.passes(251);
    expect(woken).toBe(true);
  });

  it('wakes at once who is called off, and keeps no timer for nobody', async () => {
    const wall = new Wall();
    const clock = new StoryClock(BEGAN, () => 1, wall);
    const off = new AbortController();
    const sleep = clock.sleep(3_600_000, off.signal);
    off.abort();
    await sleep;
    await clock.sleep(10, off.signal);
    await clock.sleep(0);
    await wall.passes(21);
    expect(wall.timers).toBe(0);
  });
});

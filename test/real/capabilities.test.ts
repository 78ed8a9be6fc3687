import { expect, it } from 'vitest';
import { lastOf } from '../support/nightferry.js';
import { type ProxyOptions, startProxy } from '../support/proxy.js';
import { newcomer } from './newcomer.js';
import { describeReal, expectSynced } from './world.js';

const LIMIT = 260;

/** Capabilities that a destination may lack, and how it is written to then. */
const SETS = [
  ['everything', [], 'MULTIAPPEND, LITERAL+'],
  ['no MULTIAPPEND', ['MULTIAPPEND'], 'APPEND, LITERAL+'],
  ['no LITERAL+', ['LITERAL+'], 'APPEND, literals waited for'],
  ['neither', ['LITERAL+', 'MULTIAPPEND'], 'APPEND, literals waited for'],
  [
    'no LIST extensions, ESEARCH or CONDSTORE',
    ['LIST-EXTENDED', 'LIST-STATUS', 'ESEARCH', 'CONDSTORE', 'QRESYNC'],
    'MULTIAPPEND, LITERAL+',
  ],
] as const;

describeReal('a destination with', {}, (world) => {
  const moveThrough = async (name: string, options: Omit<ProxyOptions, 'target'>) => {
    const user = newcomer(name.replace(/\W/g, ''));
    const proxy = await startProxy({ target: world.pair.destination, ...options });
    try {
      await world.fill(user, 'small', { limit: LIMIT });
      const ended = await world.move(user, { destination: proxy.port });
      expectSynced(ended);
      await world.expectFaithful(user, LIMIT);
      const again = await world.move(user, { destination: proxy.port });
      expectSynced(again);
      expect((await world.compare(user)).destination).toBe(LIMIT);
      expect(lastOf(again).counts).toEqual(lastOf(ended).counts);
      return { way: lastOf(ended).folders[0]?.way, stats: proxy.stats };
    } finally {
      await proxy.stop();
    }
  };

  it.each(SETS)('%s takes all mail', async (name, hideCapabilities, way) => {
    const moved = await moveThrough(name, { hideCapabilities });
    expect(moved).toMatchObject({ way });
  });

  it.each([
    ['no UIDPLUS', [], 'MULTIAPPEND, LITERAL+'],
    ['no UIDPLUS and no MULTIAPPEND', ['MULTIAPPEND'], 'APPEND, LITERAL+'],
    ['no UIDPLUS and no LITERAL+', ['LITERAL+'], 'APPEND, literals waited for'],
  ] as const)('%s takes all mail, and not one APPENDUID came', async (name, hideCapabilities, way) => {
    const moved = await moveThrough(name, { hideCapabilities, withoutUidPlus: true });
    expect(moved).toMatchObject({ way, stats: { appendUidsSeen: 0 } });
    expect(moved.stats.appendUidsSent).toBeGreaterThan(0);
  });
});

import { afterEach, expect, it } from 'vitest';
import { type BothSidesOf, withBothSides } from '../../../src/engine/dry-run/both-sides.js';
import { ConnectionLost } from '../../../src/engine/imap/connection/connection-lost.js';
import { nightBatch, passwords } from '../../support/night-batch.js';
import { NightClock } from '../../support/night-clock.js';
import { HALF, type OddServer, type OddSpec, serve } from '../../support/odd-server.js';

let servers: OddServer[] = [];
afterEach(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
});

async function looksAt(source: OddSpec) {
  const clock = new NightClock();
  const batch = nightBatch({ users: ['ann'], now: clock.now() });
  const [from, to] = [await serve(source, clock), await serve({}, clock)];
  servers.push(from, to);
  const looking: BothSidesOf = {
    batch,
    row: batch.mailboxes[0]!,
    credentials: passwords,
    trust: { source: { ca: null, fingerprint: null }, destination: { ca: null, fingerprint: null } },
    connect: (host) => (host === batch.source.host ? from : to).connect(),
    clock,
    signal: new AbortController().signal,
  };
  const look = withBothSides(looking, async ({ session, listing }) => {
    await session.wire.command('NOOP', ['NOOP']);
    return listing.folders.map(({ name }) => name);
  });
  return { looking: clock.until(look), took: () => clock.monotonic() };
}

it('looks at both sides', async () => {
  const { looking } = await looksAt({});

  expect(await looking).toEqual(['INBOX']);
});

it('waits half a minute for a server that never answers, and no longer: others wait behind it', async () => {
  const { looking, took } = await looksAt({ on: { NOOP: () => [HALF] } });

  await expect(looking).rejects.toThrow(ConnectionLost);
  expect(took()).toBeLessThan(60_000);
  expect(took()).toBeGreaterThanOrEqual(30_000);
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { seeded } from '../../../bench/lab/seeded.js';
import { Engine } from '../../../src/engine/engine.js';
import { loadImapflow } from '../../../src/engine/imap/session/session.js';
import type { Status } from '../../../src/protocol/entities.js';
import type { EngineEvent } from '../../../src/protocol/events.js';
import type { Batch, BatchOptions } from '../../../src/store/batch/batch.js';
import { BatchStore } from '../../../src/store/batch/batch-store.js';
import { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { LocksInMemory, nightBatch, passwords } from '../../support/night-batch.js';
import { NightClock } from '../../support/night-clock.js';
import { DROP, many, type OddFolders, type OddServer, type OddSpec, serve } from '../../support/odd-server.js';

const MINUTE = 60_000;
const B = 'imap://b.example:143';
const Y = 'imap://y.example:143';

/** The host of each server: `localhost` and `127.0.0.1` are the batch's own. */
type Hosts = 'localhost' | '127.0.0.1' | 'b.example' | 'y.example';

interface Moved {
  readonly servers: Readonly<Record<Hosts, OddServer>>;
  readonly exit: number;
  readonly status: Status;
  readonly events: readonly EngineEvent[];
  readonly clock: NightClock;
}

/** No two users have as many messages. */
const lettersOf = (user: string): OddFolders => ({ INBOX: many(user.length) });
const empty = (): OddFolders => ({ INBOX: many(0) });

/** An account is the same at each login. */
function kept(make: (user: string) => OddFolders): (user: string) => OddFolders {
  const accounts = new Map<string, OddFolders>();
  return (user) => {
    const account = accounts.get(user) ?? make(user);
    accounts.set(user, account);
    return account;
  };
}

/** Ann and Ben move between the batch's own servers, Cy and Dan from B, and Dan to Y. */
async function move(odd: Partial<Record<Hosts, OddSpec>>, options: Partial<BatchOptions> = {}): Promise<Moved> {
  const clock = new NightClock();
  const start = (host: Hosts, spec: OddSpec) => serve({ ...spec, ...odd[host] }, clock);
  const full: OddSpec = { foldersFor: kept(lettersOf) };
  const servers = {
    localhost: await start('localhost', full),
    '127.0.0.1': await start('127.0.0.1', { foldersFor: kept(empty) }),
    'b.example': await start('b.example', full),
    'y.example': await start('y.example', { foldersFor: kept(empty) }),
  };
  onTestFinished(async () => {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
  });
  const plain = nightBatch({ users: ['ann', 'benn', 'cyril', 'daniel'], options, now: clock.now() });
  const batch: Batch = {
    ...plain,
    others: {
      source: { [B]: { ...plain.source, host: 'b.example' } },
      destination: { [Y]: { ...plain.destination, host: 'y.example' } },
    },
    mailboxes: plain.mailboxes.map((row) => ({
      ...row,
      at:
        row.id === 'cyril'
          ? { source: B, destination: null }
          : row.id === 'daniel'
            ? { source: B, destination: Y }
            : null,
    })),
  };
  await loadImapflow();
  const store = new BatchStore('night', '/night', batch, {
    disk: new MemoryDisk(),
    now: () => clock.now(),
    monotonic: () => clock.monotonic(),
    onFallback: () => {},
  });
  const engine = new Engine(
    {
      batch,
      store,
      workspace: new LocksInMemory('/night'),
      credentials: passwords,
      clock,
      random: seeded(1),
      atRest: false,
    },
    (host) => servers[host as Hosts].connect(),
  );
  const events: EngineEvent[] = [];
  engine.onEvent((event) => events.push(event));
  const exit = await clock.until(engine.run());
  await store.log.close();
  return { servers, exit, status: engine.status(), events, clock };
}

describe('a batch between several servers', () => {
  it('moves each mailbox between its own, and names them', async () => {
    const { servers, exit, status } = await move({});

    expect(exit).toBe(0);
    expect(new Set(servers.localhost.users)).toEqual(new Set(['ann', 'benn']));
    expect(new Set(servers['b.example'].users)).toEqual(new Set(['cyril', 'daniel']));
    expect(new Set(servers['127.0.0.1'].users)).toEqual(new Set(['ann', 'benn', 'cyril']));
    expect(new Set(servers['y.example'].users)).toEqual(new Set(['daniel']));
    expect(servers['127.0.0.1'].appended).toBe(3 + 4 + 5);
    expect(servers['y.example'].appended).toBe(6);
    expect(status.batch.endpoints.source.map(({ name }) => name)).toEqual(['imap://localhost:143', B]);
    expect(status.mailboxes.map(({ servers: of }) => of?.source)).toEqual([
      'imap://localhost:143',
      'imap://localhost:143',
      B,
      B,
    ]);
  });

  it('staggers the first starts of each source by itself', async () => {
    const { status, clock } = await move({}, { stagger: { min: 60, max: 60 } });

    const starts = status.mailboxes.map(({ startedAt }) => Math.round((startedAt! - clock.began) / MINUTE));
    expect(starts).toEqual([0, 1, 0, 1]);
  });

  it('learns of one server alone what it cannot do, and leaves none of the others alone for its sake', async () => {
    let connections = 0;
    const { exit, status, events, servers } = await move({
      'b.example': {
        foldersFor: kept(lettersOf),
        greeting: () => (++connections <= 6 ? ['* BYE [UNAVAILABLE] Down for maintenance', DROP] : undefined),
      },
    });

    expect(exit).toBe(0);
    expect(status.mailboxes.map(({ attempts }) => attempts > 1)).toEqual([false, false, true, true]);
    const told = events.flatMap((event) => (event.type === 'batch' ? [event.batch.endpoints.source] : []));
    expect(told.some(([, b]) => b?.unreachableUntil !== null)).toBe(true);
    expect(told.every(([own]) => own?.unreachableUntil === null)).toBe(true);
    expect(servers['y.example'].appended).toBe(6);
  });
});

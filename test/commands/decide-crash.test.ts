import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { caughtUp } from '../../src/commands/desk/caught-up.js';
import { FilesDesk } from '../../src/commands/desk/decide-on-files.js';
import type { Batch } from '../../src/store/batch/batch.js';
import { BatchStore } from '../../src/store/batch/batch-store.js';
import type { Disk } from '../../src/store/documents/disk.js';
import { MemoryDisk } from '../../src/store/documents/memory-disk.js';
import { EVERYTHING } from '../../src/words/decision.js';
import { Crash, CrashDisk } from '../store/crash-disk.js';

const NOW = 1_800_000_000_000;
const clock = { now: () => NOW, monotonic: () => 0, sleep: async () => undefined };
const MAILBOXES = ['ann', 'bob', 'eve'];
const BY_CODE = { ...EVERYTHING, filter: 'code:OVERQUOTA' };

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'nf-decide-'));
});
afterEach(() => rm(dir, { recursive: true }));

const storeOn = (disk: Disk) => {
  const mailboxes = MAILBOXES.map((id) => ({ id, email: `${id}@x` }));
  const batch = { name: 'school', mailboxes } as unknown as Batch;
  return new BatchStore('school', dir, batch, {
    disk,
    now: () => NOW,
    monotonic: () => NOW,
    onFallback: () => undefined,
  });
};
const deskOn = async (disk: Disk) => {
  const store = storeOn(disk);
  const files = await caughtUp(store);
  return { files, desk: new FilesDesk(store, files, clock) };
};

/** Each mailbox has 100 messages that failed with OVERQUOTA. */
async function aDiskAfterTheNight(): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  for (const id of MAILBOXES) {
    const record = await storeOn(disk).mailbox(id);
    record.errors.record({
      side: 'destination',
      command: 'APPEND',
      folder: 'INBOX',
      uids: Array.from({ length: 100 }, (_, i) => 2 * i + 1),
      response: 'NO [OVERQUOTA] full',
      verdict: {
        kind: 'quota',
        code: 'OVERQUOTA',
        scope: 'mailbox',
        next: 'hold',
        waitSeconds: 0,
        advice: '',
        rule: 'r',
        reason: '',
      },
      at: 1_000,
    });
    await record.write();
  }
  return disk;
}

/** How many messages are open in each mailbox, as whoever comes next finds it. */
async function openOn(disk: Disk): Promise<number[]> {
  const { files } = await deskOn(disk);
  return MAILBOXES.map((id) => files.records.get(id)?.errors.open ?? -1);
}

type Order = (desk: FilesDesk) => Promise<void>;
const ok = async (answer: ReturnType<FilesDesk['command']>) => {
  const given = await answer;
  return given.ok ? given : expect.unreachable(given.why);
};
const skips: Order = async (desk) => {
  const action = { do: 'skip', why: 'they left' } as const;
  const { preview } = await ok(desk.command({ do: 'preview', action, selection: BY_CODE }));
  await ok(desk.command({ do: 'decide', preview: preview?.id ?? '', by: 'eva' }));
};
const undoes: Order = async (desk) => {
  await ok(desk.command({ do: 'undo', decision: 1, by: 'eva' }));
};

/** Gives an order on a disk that dies after each number of steps, and looks at all that it may leave behind. */
async function dyingAtEachStep(start: MemoryDisk, order: Order, before: number[], after: number[]): Promise<void> {
  let given = false;
  for (let steps = 0; !given; steps++) {
    const disk = new CrashDisk(start);
    const { desk } = await deskOn(disk);
    disk.stepsLeft = steps;
    const outcome = await order(desk).then(
      () => 'done' as const,
      (error: unknown) => (error instanceof Crash ? ('died' as const) : expect.unreachable(String(error))),
    );
    given = outcome === 'done';
    for (const left of disk.remains()) {
      const found = await openOn(left);
      if (given) expect(found).toEqual(after);
      else expect([before, after]).toContainEqual(found);
    }
    expect(steps).toBeLessThan(100);
  }
}

it('is skipped whole or not at all, in all its mailboxes, wherever the machine dies', async () => {
  const start = await aDiskAfterTheNight();
  await dyingAtEachStep(start, skips, [100, 100, 100], [0, 0, 0]);
});

it('comes back whole or not at all', async () => {
  const start = await aDiskAfterTheNight();
  const { desk } = await deskOn(start);
  await skips(desk);
  expect(await openOn(start)).toEqual([0, 0, 0]);
  await dyingAtEachStep(start, undoes, [0, 0, 0], [100, 100, 100]);
});

it('is decided once, and undone once, by whoever asks twice', async () => {
  const { desk } = await deskOn(await aDiskAfterTheNight());
  const action = { do: 'skip', why: 'they left' } as const;
  const { preview } = await ok(desk.command({ do: 'preview', action, selection: BY_CODE }));
  const decide = { do: 'decide', preview: preview?.id ?? '', by: 'eva' } as const;
  expect(await desk.command(decide)).toMatchObject({ ok: true, decision: { id: 1, uids: 300 } });
  expect(await desk.command(decide)).toMatchObject({ ok: false });
  await undoes(desk);
  expect(await desk.command({ do: 'undo', decision: 1, by: 'eva' })).toMatchObject({ ok: false });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readBatchFiles } from '../../src/commands/desk/batch-files.js';
import { deskOnFiles } from '../../src/commands/desk/decide-on-files.js';
import type { TriageDesk } from '../../src/engine/triage/desk.js';
import type { Refused } from '../../src/protocol/commands.js';
import type { Batch } from '../../src/store/batch/batch.js';
import { BatchStore } from '../../src/store/batch/batch-store.js';
import type { Disk } from '../../src/store/documents/disk.js';
import { MemoryDisk } from '../../src/store/documents/memory-disk.js';
import { EVERYTHING } from '../../src/words/decision.js';
import { Crash, CrashDisk } from '../store/crash-disk.js';
import { OF_A_RESPONSE } from '../support/verdicts/grounds.js';

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
  const files = await readBatchFiles(store);
  return { files, desk: deskOnFiles(store, files, clock) };
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
        advice: { key: 'nothing' },
        rule: 'r',
        grounds: OF_A_RESPONSE,
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

type Order = (desk: TriageDesk) => Promise<void>;
const ok = async <A extends { readonly ok: true }>(answer: Promise<A | Refused>): Promise<A> => {
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

it('is decided after all when the disk has room again: the order is not lost with the first try', async () => {
  const disk = await aDiskAfterTheNight();
  let isFull = true;
  const create = disk.create.bind(disk);
  disk.create = async (path, text) => {
    if (isFull) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    await create(path, text);
  };
  const { desk } = await deskOn(disk);
  const action = { do: 'skip', why: 'they left' } as const;
  const { preview } = await ok(desk.command({ do: 'preview', action, selection: BY_CODE }));
  const decide = { do: 'decide', preview: preview.id, by: 'eva' } as const;
  expect(await desk.command(decide)).toMatchObject({ ok: false, why: expect.stringMatching(/^nothing was decided/) });
  isFull = false;
  expect(await desk.command(decide)).toMatchObject({ ok: true, decision: { id: 1, uids: 300 } });
});

it('answers with what it stands in now, after responses like it were read as another kind', async () => {
  const { desk } = await deskOn(await aDiskAfterTheNight());
  const { errors } = await ok(desk.command({ do: 'errors', mailbox: null, filter: 'kind:quota' }));
  const entry = errors[0]?.entries[0]?.id ?? expect.unreachable();
  await ok(desk.command({ do: 'correct', entry, kind: 'mailbox-state', by: 'eva' }));
  const now = await ok(desk.command({ do: 'errors', mailbox: null }));
  expect(now.errors.map(({ kind }) => kind)).toEqual(['mailbox-state']);
});

it('is not decided by what another desk has shown: a console may have seen an engine die', async () => {
  const disk = await aDiskAfterTheNight();
  const action = { do: 'skip', why: 'they left' } as const;
  const [before, after] = [(await deskOn(disk)).desk, (await deskOn(disk)).desk];
  const { preview } = await ok(before.command({ do: 'preview', action, selection: EVERYTHING }));
  await ok(after.command({ do: 'preview', action, selection: BY_CODE }));
  expect(await after.command({ do: 'decide', preview: preview.id, by: 'eva' })).toMatchObject({ ok: false });
});

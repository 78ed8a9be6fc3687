import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { groupErrors } from '../src/engine/error-groups.js';
import type { MailboxErrors } from '../src/engine/triage/selection.js';
import { Decisions } from '../src/store/decisions.js';
import { ErrorLedger } from '../src/store/error-ledger.js';
import type { UidSet } from '../src/store/uid-set.js';
import { Workspace } from '../src/store/workspace.js';
import { CAUSES, FAILED, MAILBOXES, makeState, realCauses } from './ledger-state.js';

/**
 * What a million failed messages cost: to enter, to open, to group, to skip in bulk, and on the disk.
 * Usage: node dist/bench/ledger.js [a folder for the state, on the disk to be measured]
 */

/** Messages that one decision of the bench skips. */
const SKIPPED = 200_000;
/** Cold starts; the median counts. */
const STARTS = 5;

/** What one cold process saw, in milliseconds and bytes. */
interface Seen {
  readonly openMs: number;
  readonly openBytes: number;
  readonly messages: number;
  readonly entries: number;
  readonly groupMs: number;
  readonly groups: number;
  readonly answerBytes: number;
  readonly skipMs: number;
  readonly skipped: number;
}

async function openAndSkip(root: string, name: string): Promise<Seen> {
  const before = process.memoryUsage().rss;
  const began = performance.now();
  const store = await new Workspace(root).open(name);
  const records = await store.everyMailbox();
  let messages = 0;
  for (const { errors } of records.values()) messages += errors.open;
  const opened = performance.now();
  const openBytes = process.memoryUsage().rss - before;
  const ledgers = [...records].map(([id, { errors }]) => ({ id, email: `${id}@school.example`, errors }));
  const groups = groupErrors(ledgers);
  const grouped = performance.now();
  const answerBytes = JSON.stringify(groups).length;
  const beforeSkip = performance.now();
  const skipped = await skipInBulk(root, name, ledgers);
  return {
    openMs: opened - began,
    openBytes,
    messages,
    entries: ledgers.reduce((sum, { errors }) => sum + errors.entries.length, 0),
    groupMs: grouped - opened,
    groups: groups.length,
    answerBytes,
    skipMs: performance.now() - beforeSkip,
    skipped,
  };
}

/** One decision, from the choice of what it is about until it is on the disk to stay. @returns messages */
async function skipInBulk(root: string, name: string, ledgers: readonly MailboxErrors[]): Promise<number> {
  const decisions = await Decisions.open(join(root, name));
  const byFolder = new Map<string, { readonly mailbox: string; readonly folder: string; readonly uids: UidSet }>();
  let count = 0;
  for (const { id: mailbox, errors } of ledgers) {
    for (const { folder, uids } of errors.entries) {
      if (folder === null || count + uids.size > SKIPPED) continue;
      count += uids.size;
      const key = `${mailbox} ${folder}`;
      const part = byFolder.get(key);
      if (part === undefined) byFolder.set(key, { mailbox, folder, uids: uids.clone() });
      else part.uids.addAll(uids);
    }
  }
  await decisions.add({
    at: 0,
    by: 'bench',
    about: 'everything',
    action: { do: 'skip', why: 'bench' },
    scope: [...byFolder.values()].map((part) => ({
      ...part,
      uids: String(part.uids),
      uidValidity: null,
      entry: null,
      state: 'waiting',
    })),
  });
  return count;
}

function inColdProcess(root: string, name: string): { readonly seen: Seen; readonly processMs: number } {
  const began = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [fileURLToPath(import.meta.url), '--open', root, name],
    {
      encoding: 'utf8',
    },
  );
  const processMs = performance.now() - began;
  if (status !== 0) throw new Error(stderr);
  return { seen: JSON.parse(stdout) as Seen, processMs };
}

interface OnDisk {
  readonly files: number;
  readonly bytes: number;
  readonly blocks: number;
}

/** Bytes of files whose path passes; `blocks` as the file system counts them, folders left out. */
async function onDisk(folder: string, counts: (path: string) => boolean): Promise<OnDisk> {
  let sum: OnDisk = { files: 0, bytes: 0, blocks: 0 };
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !counts(path)) continue;
    const { size, blocks } = await stat(path);
    sum = { files: sum.files + 1, bytes: sum.bytes + size, blocks: sum.blocks + blocks * 512 };
  }
  return sum;
}

async function printState(root: string, ofEach: number, spoken: 'alike' | 'own'): Promise<void> {
  const name = `${ofEach}-${spoken}`;
  const store = await makeState(new Workspace(root), name, ofEach, spoken);
  const disk = async (what: string, counts: (path: string) => boolean) => {
    const { files, bytes, blocks } = await onDisk(store.dir, counts);
    line(`on disk, ${what}`, `${megabytes(bytes)} in ${files} files (${megabytes(blocks)} of blocks)`);
  };
  console.log(`\n${ofEach} of ${CAUSES} causes in each of ${MAILBOXES} mailboxes, responses ${spoken}`);
  await disk('error ledgers', (path) => path.endsWith('/mailbox.json'));
  await disk('all', () => true);
  const runs: ReturnType<typeof inColdProcess>[] = [];
  for (let n = 0; n < STARTS; n++) {
    await rm(join(store.dir, 'decisions.json'), { force: true });
    runs.push(inColdProcess(root, name));
  }
  const { seen } = runs[0]!;
  const times = (of: (run: (typeof runs)[number]) => number) => {
    const sorted = runs.map(of).sort((a, b) => a - b);
    return `${sorted[STARTS >> 1]!.toFixed(0)} ms (worst ${sorted[STARTS - 1]!.toFixed(0)})`;
  };
  line('open', `${times((run) => run.seen.openMs)}: ${seen.messages} failed, ${seen.entries} entries`);
  line('memory of that', megabytes(seen.openBytes));
  line(
    'the process, start to end',
    times((run) => run.processMs),
  );
  line(
    'group',
    `${times((run) => run.seen.groupMs)}: ${seen.groups} groups, ${megabytes(seen.answerBytes)} as an answer`,
  );
  line('skip in bulk', `${times((run) => run.seen.skipMs)}: ${seen.skipped} messages`);
  await disk('the decision', (path) => path.endsWith('decisions.json'));
  for (const record of (await store.everyMailbox()).values()) await record.write();
  await disk('error ledgers and their previous versions', (path) => /mailbox(\.prev)?\.json$/.test(path));
}

/** Failures one by one into one ledger: twice as many must take twice as long. */
function printRecording(): void {
  const causes = realCauses();
  console.log(`\nentered one by one into one ledger`);
  for (const messages of [FAILED / 4, FAILED / 2, FAILED]) {
    const ledger = new ErrorLedger();
    const began = performance.now();
    for (let n = 0; n < messages; n++) {
      ledger.record({ ...causes[n % CAUSES]!, folder: 'INBOX', uids: [n * 2 + 1], at: 1_800_000 * (n % 30) });
    }
    const took = performance.now() - began;
    line(`${messages}`, `${took.toFixed(0)} ms, ${((took * 1000) / messages).toFixed(1)} µs each`);
  }
}

function line(what: string, value: string): void {
  console.log(`  ${what.padEnd(42)} ${value}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

async function bench(folder: string): Promise<void> {
  const root = await mkdtemp(join(folder, 'nightferry-ledger-'));
  try {
    for (const ofEach of [CAUSES, CAUSES / 10])
      for (const spoken of ['alike', 'own'] as const) await printState(root, ofEach, spoken);
    printRecording();
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const [first, root, name] = process.argv.slice(2);
if (first === '--open' && root !== undefined && name !== undefined)
  console.log(JSON.stringify(await openAndSkip(root, name)));
else await bench(first ?? tmpdir());

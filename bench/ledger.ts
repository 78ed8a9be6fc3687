import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Workspace } from '../src/store/batch/workspace.js';
import { ErrorLedger } from '../src/store/errors/error-ledger.js';
import { openAndSkip, type Seen } from './ledger-open.js';
import { CAUSES, FAILED, MAILBOXES, makeState, realCauses } from './ledger-state.js';

/**
 * Measures the cost of a million failed messages: on the disk, to open, to answer for, to skip in bulk, to enter.
 * Usage: node dist/bench/ledger.js [a folder on the disk to be measured]
 */

/** Processes that open a state, one after the other. */
const STARTS = 5;

async function printState(root: string, ofEach: number, spoken: 'alike' | 'own'): Promise<void> {
  const name = `${ofEach}-${spoken}`;
  const store = await makeState(new Workspace(root), name, ofEach, spoken);
  const words = spoken === 'alike' ? 'the same words everywhere' : 'words of their own in each mailbox';
  console.log(`\n${ofEach} of ${CAUSES} causes in each of ${MAILBOXES} mailboxes, ${words}`);
  const disk = async (what: string, counts: RegExp) => print(what, await onDisk(store.dir, counts));
  await disk('on disk: error ledgers', /\/(mailbox|causes)\.json$/);
  await disk('on disk: the batch, written once', /./);
  const seen: Seen[] = [];
  for (let n = 0; n < STARTS; n++) {
    await rm(join(store.dir, 'decisions.json'), { force: true });
    seen.push(inNewProcess(root, name));
  }
  const [{ failed, entries, groups, memory, answerBytes, skipped }] = seen as [Seen, ...Seen[]];
  const times = (of: (one: Seen) => number) => {
    const [least = 0, ...others] = seen.map(of).sort((a, b) => a - b);
    return `${least.toFixed(0)} to ${(others.at(-1) ?? least).toFixed(0)} ms, median ${(others[(STARTS >> 1) - 1] ?? least).toFixed(0)}`;
  };
  print(
    `open: ${failed} failed, ${entries} entries`,
    times((one) => one.openMs),
  );
  print(
    '  processor time of that',
    times((one) => one.openCpuMs),
  );
  print('  memory of the process then', megabytes(memory));
  print(
    `answer: ${groups} groups, ${megabytes(answerBytes)}`,
    times((one) => one.answerMs),
  );
  print(
    `skip ${skipped} messages: preview`,
    times((one) => one.previewMs),
  );
  print(
    '  decision on disk to stay',
    times((one) => one.decideMs),
  );
  print(
    '  followed by all mailboxes',
    times((one) => one.followMs),
  );
  await disk('  on disk: the decision', /\/decisions\.json$/);
  for (const record of (await store.everyMailbox()).values()) await record.write();
  await disk('on disk: with the previous version of each document', /./);
}

function inNewProcess(root: string, name: string): Seen {
  const argv = [fileURLToPath(import.meta.url), '--open', root, name];
  const { stdout, stderr, status } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Seen;
}

/** Bytes of the files whose path matches. */
async function onDisk(folder: string, counts: RegExp): Promise<string> {
  let files = 0;
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !counts.test(path)) continue;
    files++;
    bytes += (await stat(path)).size;
  }
  return `${megabytes(bytes)} in ${files} files`;
}

/** Failures one by one into one ledger: twice as many must take twice as long. */
function printEntering(): void {
  const causes = realCauses();
  console.log('\nentered one by one into one ledger');
  for (const messages of [FAILED / 4, FAILED / 2, FAILED]) {
    const ledger = new ErrorLedger();
    const began = performance.now();
    for (let n = 0; n < messages; n++) {
      ledger.record({ ...causes[n % CAUSES]!, folder: 'INBOX', uids: [n * 2 + 1], at: 1_800_000 * (n % 30) });
    }
    const took = performance.now() - began;
    print(`${messages} failures`, `${took.toFixed(0)} ms, ${((took * 1000) / messages).toFixed(1)} µs each`);
  }
}

function print(what: string, value: string): void {
  console.log(`  ${what.padEnd(54)} ${value}`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(2)} MB`;
}

async function bench(folder: string): Promise<void> {
  const root = await mkdtemp(join(folder, 'nightferry-ledger-'));
  try {
    for (const ofEach of [CAUSES, CAUSES / 10])
      for (const spoken of ['alike', 'own'] as const) await printState(root, ofEach, spoken);
    printEntering();
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const [first, root, name] = process.argv.slice(2);
if (first === '--open' && root && name) console.log(JSON.stringify(await openAndSkip(root, name)));
else await bench(first ?? tmpdir());

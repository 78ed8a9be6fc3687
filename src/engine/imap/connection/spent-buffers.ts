import v8 from 'node:v8';
import vm from 'node:vm';

/** Bytes read between two looks. */
const LOOK_AFTER = 2 * 1024 * 1024;
/** Spent memory that may lie about, in buffers and in the heap. */
const SPENT = 32 * 1024 * 1024;
/** The same at the end of a short piece of work, which leaves objects rather than buffers. */
const SPENT_BY_WORK = 8 * 1024 * 1024;

type Sweep = () => void;

let sweep: Sweep | null = null;
let read = 0;
let live = memoryInUse();

/**
 * Told of bytes that were read: has spent memory given back before it is more than 32 MB.
 *
 * V8 counts what buffers hold outside its heap and collects only after 64 MB of it, which is more
 * than one mailbox may use. docs/decisions/0003-memory.md has the measurement.
 */
export function countRead(length: number): void {
  read += length;
  if (read < LOOK_AFTER) return;
  read = 0;
  giveBackOver(SPENT);
}

/**
 * Told that a short piece of work is over, such as the look at a mailbox: has what it left given back. Where more is
 * alive more may be spent, because a collection takes as long as there is to be kept.
 */
export function giveBackSpent(): void {
  giveBackOver(Math.max(SPENT_BY_WORK, live / 4));
}

function giveBackOver(spent: number): void {
  const used = memoryInUse();
  live = Math.min(live, used);
  if (used < live + spent) return;
  sweep ??= sweeper();
  sweep();
  live = memoryInUse();
}

/**
 * Lets V8's space for young objects grow no further: it takes 16 MB twice where it may, and never
 * gives it back. Called once, when the program is loaded and the work begins.
 */
export function keepYoungSpaceSmall(): void {
  v8.setFlagsFromString('--semi-space-growth-factor=1');
}

function memoryInUse(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

function sweeper(): Sweep {
  v8.setFlagsFromString('--expose-gc');
  const gc: unknown = vm.runInNewContext('gc');
  return typeof gc === 'function' ? (gc as Sweep) : () => {};
}

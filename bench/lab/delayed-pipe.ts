import type net from 'node:net';

export interface Pace {
  /** Milliseconds each byte is held. Any amount may be on its way at once. */
  readonly latencyMs: number;
  /** 0: no limit. */
  readonly bytesPerSecond: number;
}

/** Lets bytes go on, or keeps them where they are until it is opened again. */
export class Gate {
  #open = true;
  readonly #waiting = new Set<() => void>();

  get isOpen(): boolean {
    return this.#open;
  }

  close(): void {
    this.#open = false;
  }

  open(): void {
    this.#open = true;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const goOn of waiting) goOn();
  }

  whenOpen(goOn: () => void): void {
    this.#waiting.add(goOn);
  }
}

/** So much may be on its way before the sender is stopped. */
const MOST_IN_FLIGHT = 64 << 20;
/** With a limit, bytes come in pieces, not in bursts. */
const PIECE = 16 << 10;

type Parcel = { readonly at: number; readonly bytes: Buffer | null };

/** Carries bytes from one socket to the other, late. `null` in the queue is the end of the stream. */
export function delayed(
  from: net.Socket,
  to: net.Socket,
  pace: Pace,
  gate: Gate,
  through: (chunk: Buffer) => Buffer,
): void {
  const queue: Parcel[] = [];
  let inFlight = 0;
  let free = 0;
  let timer: NodeJS.Timeout | null = null;
  let blocked = false;

  const deliver = () => {
    timer = null;
    if (!gate.isOpen) return gate.whenOpen(deliver);
    const now = performance.now();
    while (!blocked && queue[0] !== undefined && queue[0].at <= now + 0.5) {
      const { bytes } = queue.shift() as Parcel;
      if (bytes === null) return void to.end();
      inFlight -= bytes.length;
      if (!to.destroyed && !to.write(bytes)) blocked = true;
    }
    if (from.isPaused() && inFlight < MOST_IN_FLIGHT / 2) from.resume();
    wait();
  };
  const wait = () => {
    const [next] = queue;
    if (timer === null && !blocked && next !== undefined)
      timer = setTimeout(deliver, Math.max(0, next.at - performance.now()));
  };
  const send = (bytes: Buffer | null) => {
    const now = performance.now();
    if (pace.bytesPerSecond > 0) free = Math.max(free, now) + ((bytes?.length ?? 0) / pace.bytesPerSecond) * 1000;
    queue.push({ at: Math.max(free, now) + pace.latencyMs, bytes });
    inFlight += bytes?.length ?? 0;
  };

  to.on('drain', () => {
    blocked = false;
    deliver();
  });
  from.on('data', (chunk: Buffer) => {
    const bytes = through(chunk);
    const step = pace.bytesPerSecond > 0 ? PIECE : Math.max(1, bytes.length);
    for (let at = 0; at < bytes.length; at += step) send(bytes.subarray(at, at + step));
    if (inFlight > MOST_IN_FLIGHT) from.pause();
    wait();
  });
  from.on('end', () => {
    send(null);
    wait();
  });
  from.once('close', () => {
    if (from.readableEnded) return;
    if (timer !== null) clearTimeout(timer);
    queue.length = 0;
    to.destroy();
  });
  from.resume();
}

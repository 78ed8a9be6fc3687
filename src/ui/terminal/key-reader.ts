import { StringDecoder } from 'node:string_decoder';
import type { Clock } from '../../words/clock.js';
import { giveUp, type Key, readKeys } from './keys.js';
import { isMouseBeginning } from './mouse.js';

/** A terminal's input, as Node's `ReadStream` is one. */
export interface KeyInput {
  setRawMode(on: boolean): unknown;
  resume(): unknown;
  pause(): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  on(event: 'end' | 'close' | 'error', listener: () => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'end' | 'close' | 'error', listener: () => void): unknown;
}

/** After so long an ESC is the Esc key, and no sequence follows. A slow link may tear one apart. */
const ESC_ALONE_MS = 60;
/** `ESC [` has begun: nobody types that by hand, so the rest is on its way. */
const REST_OF_SEQUENCE_MS = 500;
/** Input that comes this soon after an ESC that was taken for the key, and looks like the rest of a sequence, is one. */
const LATE_REST_MS = 500;
const LATE_REST = /^(?:\[<?[\d;]*[A-Za-z~]|O[A-Z]|P>\|[^\u0007\u001b]*(?:\u001b\\|\u0007)?)$/;
/** The rest of a report of the mouse, of which the beginning was given up: its `M` is no key. */
const LATE_MOUSE = /^[\d;]*[Mm]/;
/** A paste may be long on its way. */
const REST_OF_PASTE_MS = 2_000;

/** Single keys from a terminal in raw mode. */
export class KeyReader {
  readonly #decoder = new StringDecoder('utf8');
  #rest = '';
  #patience: AbortController | null = null;
  #reading = false;
  #lateUntil = Number.NEGATIVE_INFINITY;
  #lateMouse = false;

  constructor(
    private readonly input: KeyInput,
    private readonly clock: Clock,
    private readonly onKey: (key: Key) => void,
    /** Nobody types here any more: the terminal is gone. */
    private readonly onEnd: () => void,
  ) {}

  start(): void {
    if (this.#reading) return;
    this.#reading = true;
    this.input.setRawMode(true);
    this.input.on('data', this.#take);
    for (const event of ['end', 'close', 'error'] as const) this.input.on(event, this.#end);
    this.input.resume();
  }

  stop(): void {
    if (!this.#reading) return;
    this.#reading = false;
    this.#patience?.abort();
    this.#rest = '';
    this.input.off('data', this.#take);
    for (const event of ['end', 'close'] as const) this.input.off(event, this.#end);
    // An error that comes later still needs a listener, or it ends the program.
    try {
      this.input.setRawMode(false);
    } catch {
      // The terminal is gone: nothing to put back.
    }
    this.input.pause();
  }

  readonly #end = (): void => {
    if (this.#reading) this.onEnd();
  };

  readonly #take = (chunk: Buffer): void => {
    this.#patience?.abort();
    const text = this.#decoder.write(chunk);
    // `OP` is F1 torn apart, and not a `P` that pauses the batch.
    const isLate = this.#rest === '' && this.clock.monotonic() < this.#lateUntil;
    if (isLate && !this.#lateMouse && LATE_REST.test(text)) return;
    const { keys, rest } = readKeys(this.#rest + (isLate && this.#lateMouse ? text.replace(LATE_MOUSE, '') : text));
    this.#lateMouse = false;
    this.#rest = rest;
    for (const key of keys) this.onKey(key);
    if (rest !== '' && this.#reading) void this.#wait(patienceFor(rest));
  };

  async #wait(ms: number): Promise<void> {
    const patience = new AbortController();
    this.#patience = patience;
    await this.clock.sleep(ms, patience.signal);
    if (patience.signal.aborted) return;
    const rest = this.#rest;
    this.#rest = '';
    this.#lateMouse = isMouseBeginning(rest);
    if (rest === '\u001b' || this.#lateMouse) this.#lateUntil = this.clock.monotonic() + LATE_REST_MS;
    for (const key of giveUp(rest)) this.onKey(key);
  }
}

function patienceFor(rest: string): number {
  if (rest === '\u001b') return ESC_ALONE_MS;
  if (isMouseBeginning(rest)) return REST_OF_PASTE_MS;
  return rest.length > 6 ? REST_OF_PASTE_MS : REST_OF_SEQUENCE_MS;
}

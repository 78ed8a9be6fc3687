import type { Key } from '../terminal/keys.js';

/** Keys that only move: held down, many of them come at once, and none changes what the next one means. */
const MOVING = new Set('up down left right j k pageup pagedown backspace delete wheel-up wheel-down'.split(' '));

/**
 * Hands keys on one by one, each after the screen has settled from the one before: in `/a` and Enter from
 * one chunk, the `a` must find the field that the `/` opens. Repeated moves go together.
 */
export class KeyQueue {
  readonly #waiting: Key[] = [];
  #busy = false;

  constructor(
    private readonly press: (key: Key) => void,
    /** Resolves when everything that a key set off is rendered. */
    private readonly settled: () => Promise<void>,
    private readonly onCrash: (error: unknown) => void,
    /** All that came was handed on, and rendered. */
    private readonly onIdle: () => void = () => undefined,
  ) {}

  /** Whether more keys wait for the screen to settle. */
  get hasMore(): boolean {
    return this.#waiting.length > 0;
  }

  push(key: Key): void {
    this.#waiting.push(key);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    try {
      for (let key = this.#waiting.shift(); key; key = this.#waiting.shift()) {
        this.press(key);
        while (MOVING.has(key.name) && this.#waiting[0]?.name === key.name) {
          this.#waiting.shift();
          this.press(key);
        }
        await this.settled();
      }
    } catch (error) {
      this.onCrash(error);
    } finally {
      this.#busy = false;
    }
    this.onIdle();
  }
}

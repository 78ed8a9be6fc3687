/** A keyboard that a test types on. */
export class Keyboard {
  raw = false;
  readonly #listeners = new Map<string, Set<(value: never) => void>>();

  setRawMode(on: boolean): void {
    this.raw = on;
  }

  resume(): void {}

  pause(): void {}

  on(event: string, listener: (value: never) => void): void {
    this.#listeners.set(event, (this.#listeners.get(event) ?? new Set()).add(listener));
  }

  off(event: string, listener: (value: never) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  type(sent: string | Buffer): void {
    for (const listener of this.#listeners.get('data') ?? []) listener(Buffer.from(sent) as never);
  }

  end(): void {
    for (const listener of this.#listeners.get('end') ?? []) listener(undefined as never);
  }
}

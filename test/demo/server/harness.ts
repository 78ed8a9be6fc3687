import { onTestFinished } from 'vitest';
import { type ImapServer, type ServerOptions, startImapServer } from '../../../demo/server/index.js';
import type { Clock } from '../../../src/words/clock.js';
import { RawClient } from './raw-client.js';

/** A server with the user ann, in memory, that is stopped when the test ends. */
export async function aServer(options: ServerOptions = {}): Promise<ImapServer> {
  const server = await startImapServer({ listen: 'memory', accounts: { ann: { password: 'pass' } }, ...options });
  onTestFinished(() => server.stop());
  return server;
}

/** A client that has read the greeting. */
export async function aClient(server: ImapServer, entrance: 'secured' | 'plain' = 'secured'): Promise<RawClient> {
  const client = new RawClient(server.connect(entrance));
  await client.until(/^\* /);
  return client;
}

export async function loggedIn(server: ImapServer, user = 'ann'): Promise<RawClient> {
  const client = await aClient(server);
  await client.ask('login', `LOGIN ${user} pass`);
  return client;
}

/** Time that stands until it is moved. */
export class ManualClock implements Clock {
  #now = Date.UTC(2024, 0, 15, 3, 0, 0);
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      this.#sleepers.push({ until: this.#now + ms, wake: resolve });
      signal?.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  get sleeping(): number {
    return this.#sleepers.length;
  }

  /** Moves on from sleeper to sleeper, and lets each that woke up run before the next. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      const next = Math.min(until, ...this.#sleepers.map((each) => each.until));
      this.#now = Math.max(this.#now, next);
      const due = this.#sleepers.filter((each) => each.until <= this.#now);
      this.#sleepers = this.#sleepers.filter((each) => each.until > this.#now);
      for (const { wake } of due) wake();
      await settled();
      if (due.length === 0 && this.#now >= until) return;
    }
  }
}

/** Lets everything run that waits for nothing but its turn. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export const MAIL = Buffer.from('Subject: hello\r\n\r\nBody\r\n');

import { afterAll, beforeAll, describe, expect } from 'vitest';
import { readAccount } from '../../bench/lab/account.js';
import { type Comparison, compareAccounts, comparisonText, isFaithful } from '../support/compare.js';
import { type CorpusOptions, fill, type Profile } from '../support/corpus.js';
import { type DovecotOptions, type DovecotPair, dovecotAvailable, startDovecot } from '../support/dovecot.js';
import { type Ended, lastOf, Operator, type RunOptions, story } from '../support/nightferry.js';
import type { RawTarget } from '../support/raw-imap.js';

/** Where a test may dial other than at the servers themselves: a proxy's ports. */
export interface Detour {
  readonly source?: number;
  readonly destination?: number;
}

/** Two private servers and an operator, alive while the tests of a file run. */
export class World {
  #pair: DovecotPair | null = null;
  #operator: Operator | null = null;

  get pair(): DovecotPair {
    return this.#pair ?? fail();
  }

  get operator(): Operator {
    return this.#operator ?? fail();
  }

  async begin(options: DovecotOptions): Promise<void> {
    this.#operator = await Operator.arrive();
    this.#pair = await startDovecot(options);
  }

  async end(): Promise<void> {
    await this.#operator?.leave();
    await this.#pair?.stop();
  }

  source(user: string): RawTarget {
    return { port: this.pair.source.port, user };
  }

  destination(user: string): RawTarget {
    return { port: this.pair.destination.port, user };
  }

  fill(user: string, profile: Profile, options: CorpusOptions): Promise<{ messages: number; bytes: number }> {
    return fill(this.source(user), profile, options);
  }

  /** The words of a `move` of one user's mailbox, in plaintext, to the user of the same name unless said. */
  moveOf(user: string, detour: Detour = {}, to = user): string[] {
    return [
      'move',
      `imap://${user}@127.0.0.1:${detour.source ?? this.pair.source.port}`,
      `imap://${to}@127.0.0.1:${detour.destination ?? this.pair.destination.port}`,
      ...['--insecure-plaintext', '--json', '--name', user.replace(/[^A-Za-z0-9]/g, '-')],
    ];
  }

  move(user: string, detour: Detour = {}, options: RunOptions = {}): Promise<Ended> {
    return this.operator.run(this.moveOf(user, detour), options);
  }

  compare(user: string, to = user): Promise<Comparison> {
    return compareAccounts(this.source(user), this.destination(to));
  }

  /** The mail at the destination, each message with its UID: equal before and after means that nothing was done. */
  async mailAt(target: RawTarget) {
    const folders = await readAccount(target);
    return new Map(folders.map(({ wire, subscribed, messages }) => [wire, { subscribed, messages }]));
  }

  /** Message by message: nothing missing, doubled, altered, no flag or date other than it was. */
  async expectFaithful(user: string, messages: number, to = user): Promise<void> {
    const comparison = await this.compare(user, to);
    expect(comparisonText(comparison)).toBe('');
    expect(comparison).toMatchObject({ source: messages, destination: messages, identical: messages });
    expect(isFaithful(comparison)).toBe(true);
  }
}

/** All settled, and it says so in its exit code, its state and its counts. */
export function expectSynced(ended: Ended, email?: string): void {
  expect(ended.code, story(ended)).toBe(0);
  expect(lastOf(ended, email)).toMatchObject({ state: { kind: 'synced' }, errors: 0, counts: { left: 0, failed: 0 } });
}

/** Tests against real servers; where there are none the reason is printed and they are skipped. */
export function describeReal(title: string, options: DovecotOptions, tests: (world: World) => void): void {
  const available = dovecotAvailable();
  if (!available.ok) process.stderr.write(`skipped: ${title}: ${available.why}\n`);
  describe.skipIf(!available.ok)(title, () => {
    const world = new World();
    beforeAll(() => world.begin(options));
    afterAll(() => world.end());
    tests(world);
  });
}

function fail(): never {
  throw new Error('the servers are not up');
}

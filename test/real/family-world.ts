import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Family, type FamilyServer, familyAvailable, startFamily } from '../../bench/lab/families/family.js';
import { compareAccounts } from '../support/compare.js';
import { type Ended, lastOf, Operator, story } from '../support/nightferry.js';
import type { RawTarget } from '../support/raw-imap.js';

/** A Dovecot, a server of another family, and an operator, alive while the tests of a file run. */
export class FamilyWorld {
  dovecot!: FamilyServer;
  other!: FamilyServer;
  operator!: Operator;

  constructor(readonly family: Family) {}

  async begin(): Promise<void> {
    this.operator = await Operator.arrive();
    this.dovecot = await startFamily('dovecot');
    this.other = await startFamily(this.family);
  }

  async end(): Promise<void> {
    await this.operator?.leave();
    await this.dovecot?.stop();
    await this.other?.stop();
  }

  /** The words of a `move`; a port other than the destination's own is a proxy's. */
  moveOf(name: string, from: RawTarget, to: RawTarget, port = to.port): string[] {
    const urls = [`imap://${from.user}@127.0.0.1:${from.port}`, `imap://${to.user}@127.0.0.1:${port}`];
    return ['move', ...urls, '--insecure-plaintext', '--json', '--name', name];
  }

  async move(name: string, from: RawTarget, to: RawTarget): Promise<Ended> {
    const ended = await this.operator.run(this.moveOf(name, from, to));
    expect(ended.code, story(ended)).toBe(0);
    expect(lastOf(ended)).toMatchObject({ state: { kind: 'synced' }, errors: 0, counts: { left: 0, failed: 0 } });
    return ended;
  }

  /**
   * Nothing missing, doubled or changed, message by message, save what this family is known to rewrite: line ends at
   * the end of a message, 8-bit bytes in a header.
   */
  async expectFaithful(from: RawTarget, to: RawTarget, messages: number): Promise<void> {
    const { findings, source, destination } = await compareAccounts(from, to, (folder) => folder);
    expect(findings.filter(({ what }) => what !== 'altered')).toEqual([]);
    expect(findings.length).toBeLessThanOrEqual(MOST_REWRITTEN[this.family] * messages);
    expect([source, destination]).toEqual([messages, messages]);
  }
}

/** The part of the corpus that a family rewrites: its letters without a line end, and with raw 8-bit headers. */
const MOST_REWRITTEN: Readonly<Record<Family, number>> = { dovecot: 0, cyrus: 0.05, courier: 0.02 };

/** Tests against a family of servers; where it cannot be started the reason is printed and they are skipped. */
export function describeFamily(family: Family, title: string, tests: (world: FamilyWorld) => void): void {
  const missing = (['dovecot', family] as const).map(familyAvailable).find(({ ok }) => !ok);
  if (missing && !missing.ok) process.stderr.write(`skipped: ${family} ${title}: ${missing.why}\n`);
  describe.skipIf(missing !== undefined)(`${family} ${title}`, () => {
    const world = new FamilyWorld(family);
    beforeAll(() => world.begin());
    afterAll(() => world.end());
    tests(world);
  });
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { type Ended, lastOf, type Running, story } from '../support/nightferry.js';
import { RawImap } from '../support/raw-imap.js';
import { newcomer } from './newcomer.js';
import type { World } from './world.js';

/** Messages of the neighbour. */
const NEIGHBOURS = 3;

/** A batch of two: a mailbox that the destination refuses in one way or another, and a neighbour with whom all is well. */
export interface Refused {
  readonly batch: string;
  readonly user: string;
  /** The user at the destination, whose domain says what is refused; its address, too. */
  readonly to: string;
  readonly neighbour: string;
}

/** The server's answers, of which messages, and how it was read. */
export interface Entered {
  readonly side: string;
  readonly command: string;
  readonly folder: string | null;
  readonly uids: string;
  readonly response: string;
  readonly verdict: object;
}

/** A destination that refuses, as the tests make it. */
export class Refusing {
  constructor(private readonly world: World) {}

  /** @param domain  one of those that fail (bench/lab/dovecot-conf.ts), `@quota`; empty: all is well with the user */
  async mailbox(name: string, domain: `@${string}` | '' = ''): Promise<Refused> {
    const user = newcomer(name);
    const one = { batch: user, user, to: user + domain, neighbour: newcomer(`${name}-neighbour`) };
    await this.put(
      one.neighbour,
      'INBOX',
      Array.from({ length: NEIGHBOURS }, () => 500),
    );
    return one;
  }

  /** Puts so many bytes of body into each of these messages of a source folder, the last one with more flags. */
  async put(user: string, folder: string, sizes: readonly number[]): Promise<void> {
    const client = await RawImap.connect(this.world.source(user));
    if (folder !== 'INBOX') await client.command(`CREATE ${folder}`);
    for (const [at, size] of sizes.entries()) {
      const head = `Subject: ${folder} ${at}\r\nMessage-ID: <${folder}.${at}@x>\r\n\r\n`;
      const raw = Buffer.from(`${head}${`${'x'.repeat(76)}\r\n`.repeat(Math.ceil(size / 78))}`);
      const flags = at === sizes.length - 1 ? ['\\Flagged', '\\Deleted', 'Work'] : ['\\Seen'];
      await client.append(folder, flags, '02-Feb-2024 10:00:00 +0100', raw);
    }
    await client.logout();
  }

  /** @param password  at the destination @param destination  where it is, other than the pair's own */
  async start(one: Refused, { password = 'pass', destination = '' } = {}): Promise<Running> {
    const rows = [
      ['EmailAddress', 'UserName', 'Password', 'DestinationPassword'],
      [one.to, one.user, 'pass', password],
      [one.neighbour, one.neighbour, 'pass', password],
    ];
    const plan = await this.world.operator.file(`${one.batch}.csv`, rows.map((row) => row.join(',')).join('\n'));
    const { source, destination: theirs } = this.world.pair;
    return this.world.operator.start([
      ...['run', plan, '--name', one.batch, '--json', '--insecure-plaintext', '--stagger', '0'],
      ...['--source', `imap://127.0.0.1:${source.port}`],
      ...['--destination', destination || `imap://127.0.0.1:${theirs.port}`],
    ]);
  }

  async run(one: Refused, how: { readonly password?: string } = {}): Promise<Ended> {
    return (await this.start(one, how)).ended;
  }

  resume(one: Refused): Promise<Ended> {
    return this.world.operator.run(['resume', one.batch, '--json']);
  }

  /** Starts it, waits until it rests, and stops the batch. */
  async untilItRests(one: Refused): Promise<Ended> {
    const running = await this.start(one);
    const said = (email: string, kind: string) =>
      running.events.some(
        (event) => event.type === 'mailbox' && event.mailbox.email === email && event.mailbox.state.kind === kind,
      );
    await expect.poll(() => said(one.to, 'backing-off') && said(one.neighbour, 'synced')).toBe(true);
    const told = await this.world.operator.run(['stop', one.batch]);
    expect(told.code, told.err).toBe(0);
    const ended = await running.ended;
    expect(ended.code, story(ended)).toBe(4);
    return ended;
  }

  /** The error ledger as an operator reads it: what is open, and with `settled` the notes. */
  async ledger(one: Refused, standing: 'open' | 'settled' = 'open'): Promise<readonly Entered[]> {
    const groups = await this.world.operator.errors(one.batch);
    return groups
      .filter((group) => group.standing === standing)
      .flatMap(({ entries }) => entries)
      .map(({ side, command, folder, uids, response, verdict: { kind, code, scope, next } }) => {
        return { side, command, folder, uids, response, verdict: { kind, code, scope, next } };
      });
  }

  /** Others went on meanwhile. */
  async expectNeighbourMoved(one: Refused, ended: Ended): Promise<void> {
    expect(lastOf(ended, one.neighbour)).toMatchObject({ state: { kind: 'synced' }, errors: 0 });
    await this.world.expectFaithful(one.neighbour, NEIGHBOURS);
  }

  /** Afterwards all is there, once, and nothing is open. */
  async expectMended(one: Refused, ended: Ended, messages: number): Promise<void> {
    expect(ended.code, story(ended)).toBe(0);
    expect(lastOf(ended, one.to)).toMatchObject({
      state: { kind: 'synced' },
      errors: 0,
      counts: { left: 0, failed: 0 },
    });
    await this.world.expectFaithful(one.user, messages, one.to);
    expect(await this.ledger(one)).toEqual([]);
  }

  /** Changes what the destination allows a domain, until the test is over. */
  async allow(domain: string, before: string, after: string): Promise<void> {
    await this.#rewrite('domains', (text) =>
      text
        .split('\n')
        .map((row) => (row.startsWith(`${domain}:`) ? row.replace(before, after) : row))
        .join('\n'),
    );
  }

  /** Every right to everyone, until the test is over. */
  async allowAllFolders(): Promise<void> {
    await this.#rewrite('acl', () => '');
  }

  /** Lets in whom no password let in, until the test is over. */
  async denyNobody(): Promise<void> {
    await this.#rewrite('denied', () => '# nobody\n');
  }

  async #rewrite(file: string, change: (text: string) => string): Promise<void> {
    const path = join(this.world.pair.dir, 'destination', file);
    const before = await readFile(path, 'utf8');
    onTestFinished(() => put(before));
    await put(change(before));

    /** Dovecot looks once a second whether a file of users has changed: by its second, and by its size. */
    async function put(text: string): Promise<void> {
      const size = (await readFile(path, 'utf8')).length;
      await writeFile(path, text.length === size ? `${text}#\n` : text);
      await new Promise((resolve) => setTimeout(resolve, 1100));
    }
  }
}

/** How Dovecot says how long a command took, at the end of what it answers. */
export const TOOK = /\([\d. +secs]+\)\.$/.source;

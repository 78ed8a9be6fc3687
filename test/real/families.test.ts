import { expect, it } from 'vitest';
import { fill } from '../support/corpus.js';
import { lastOf, story } from '../support/nightferry.js';
import { startProxy } from '../support/proxy.js';
import { RawImap } from '../support/raw-imap.js';
import { describeFamily } from './family-world.js';

const LIMIT = 400;
/** Slow enough to be killed in the middle. */
const SLOW = { latencyMs: 2, bytesPerSecond: 1 << 20 };

for (const family of ['cyrus', 'courier'] as const) {
  describeFamily(family, 'and Dovecot', (world) => {
    it('hold the same mail after a move there and a move back, and a second run does nothing', async () => {
      const [from, there, back] = [
        await world.dovecot.newcomer(),
        await world.other.newcomer(),
        await world.dovecot.newcomer(),
      ];
      await fill(from, 'small', { limit: LIMIT, plain: true });
      await world.move('there', from, there);
      await world.expectFaithful(from, there, LIMIT);
      await world.move('back', there, back);
      await world.expectFaithful(from, back, LIMIT);
      const again = await world.move('back', there, back);
      expect(lastOf(again).counts).toMatchObject({ total: LIMIT, failed: 0 });
      await world.expectFaithful(from, back, LIMIT);
    });

    it('are looked at by a check: it finds nothing that keeps mail from arriving, and writes nothing', async () => {
      const [from, there] = [await world.dovecot.newcomer(), await world.other.newcomer()];
      await fill(from, 'small', { limit: 50, plain: true });
      for (const [source, destination] of [
        [from, there],
        [there, from],
      ] as const) {
        const rows = `EmailAddress,UserName\n${destination.user},${source.user}\n`;
        const plan = await world.operator.file('pair.csv', rows);
        const url = ({ port }: { readonly port: number }) => `imap://127.0.0.1:${port}`;
        const words = ['check', plan, '--source', url(source), '--destination', url(destination)];

        const ended = await world.operator.run([...words, '--insecure-plaintext', '--json']);

        const lines = ended.events.map((event) => ({ ...event }) as Record<string, unknown>);
        const messages = source === from ? 50 : 0;
        expect(lines.find(({ type }) => type === 'census')).toMatchObject({ sum: { messages } });
        expect(lines.filter(({ severity }) => severity === 'will fail' || severity === 'may fail')).toEqual([]);
        expect(ended.code, story(ended)).toBe(0);
        expect(lines.at(-1)).toMatchObject({ type: 'check', mailboxes: 1, willFail: false });
      }
      // A check leaves nothing at the destination.
      await world.move('checked', from, there);
      await world.expectFaithful(from, there, 50);
    });

    it('lose and double nothing when the program is killed on its way there', async () => {
      const [from, there] = [await world.dovecot.newcomer(), await world.other.newcomer()];
      const { bytes } = await fill(from, 'small', { limit: LIMIT, plain: true });
      const proxy = await startProxy({ target: there, ...SLOW });
      try {
        const words = world.moveOf('killed', from, there, proxy.port);
        const run = world.operator.start(words);
        while (proxy.stats.up < bytes / 3) await new Promise((resolve) => setTimeout(resolve, 5));
        run.kill('SIGKILL');
        expect((await run.ended).signal).toBe('SIGKILL');
        const ended = await world.operator.run(['resume', 'killed', '--json']);
        expect(ended.code, story(ended)).toBe(0);
        await world.expectFaithful(from, there, LIMIT);
      } finally {
        await proxy.stop();
      }
    });

    it('hold what arrived at the source after the first run, once', async () => {
      const [from, there] = [await world.other.newcomer(), await world.dovecot.newcomer()];
      await fill(from, 'small', { limit: 100, plain: true });
      await world.move('delta', from, there);
      const client = await RawImap.connect(from);
      for (let at = 0; at < 5; at++) {
        const date = `0${1 + at}-Feb-2024 08:00:00 +0000`;
        const letter = `Subject: new ${at}\r\nMessage-ID: <new${at}@delta.example>\r\n\r\nnew ${at}\r\n`;
        await client.append('INBOX', ['\\Seen'], date, Buffer.from(letter));
      }
      await client.logout();
      await world.move('delta', from, there);
      await world.expectFaithful(from, there, 105);
    });
  });
}

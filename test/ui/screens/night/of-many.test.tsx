import { describe, expect, it } from 'vitest';
import { aBatch, aCopying, aMailbox, NOW } from '../../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../../support/a-batch-console.js';
import { PaperEngine } from '../../support/paper-engine.js';

describe('5,000 mailboxes', () => {
  /** Counts how often a row is looked at by the columns that only a drawn row has. */
  function counted(n: number) {
    let looks = 0;
    const reset = (): void => {
      looks = 0;
    };
    const mailboxes = Array.from({ length: n }, (_, i) => {
      // In the row of one that waits its reason stands in the place of its rate.
      const mailbox = aMailbox(`user${i}@example.org`, { state: { kind: 'synced', at: NOW } });
      const { rate } = mailbox;
      Object.defineProperty(mailbox, 'rate', {
        enumerable: true,
        get: () => {
          looks += 1;
          return rate;
        },
      });
      return mailbox;
    });
    return { mailboxes, looks: () => looks, reset };
  }

  it('cost a key what the rows in view cost', async () => {
    const { mailboxes, looks, reset } = counted(5_000);
    const { console } = await aBatchConsole(new PaperEngine(mailboxes), MIDDLE);
    await console.type('t');
    await console.look();
    for (const key of ['j', '\u001b[6~', 'G', 'k', 'g']) {
      reset();
      await console.type(key);
      // 33 rows in view, a few columns that ask for the rate, and at most a few renders.
      expect(looks()).toBeGreaterThan(0);
      expect(looks()).toBeLessThan(33 * 2 * 5);
    }
    const { bytes } = await console.look();
    expect(bytes).toBeGreaterThan(0);
  });

  it('write little for one row down: the cursor and what scrolls', async () => {
    const { console } = await aBatchConsole(new PaperEngine(counted(5_000).mailboxes), SMALL);
    await console.type('t');
    await console.look();
    await console.type('j');
    const { bytes, text } = await console.look();
    expect(text.join('\n')).toMatch(/▸ {2}user1@example/);
    expect(bytes).toBeLessThan(600);
  });

  it('can be walked to the last one', async () => {
    const { console } = await aBatchConsole(new PaperEngine(counted(5_000).mailboxes), SMALL);
    await console.type('t');
    await console.type('G');
    const screen = await console.screen();
    expect(screen).toMatch(/mailboxes [\d,]+-5,000 of 5,000/);
    expect(screen).toContain('user4999@example.org');
  });
});

it.each([
  { ...SMALL, most: 2_000 },
  { ...MIDDLE, most: 2_500 },
  { ...LARGE, most: 3_000 },
])('fits 100 workers at four updates a second into $most B/s at $columns x $rows', async ({ most, ...size }) => {
  const engine = new PaperEngine(Array.from({ length: 100 }, (_, i) => aCopying(`user${i}@example.org`, i / 100)));
  const { console } = await aBatchConsole(engine, size);
  await console.look();
  let bytes = 0;
  for (let second = 1; second <= 10; second++) {
    for (let quarter = 0; quarter < 4; quarter++) {
      const step = second * 4 + quarter;
      const now = engine.mailboxes.map((one, i) =>
        aCopying(one.email, Math.min(1, i / 100 + step / 4_000), {
          rate: { messages: 90 + ((i * 7 + step * 13) % 40), bytes: 2e6 + ((i * 31 + step * 17) % 90) * 1e4 },
        }),
      );
      for (const mailbox of now) engine.say({ type: 'mailbox', mailbox });
      engine.say({ type: 'batch', batch: aBatch(now, { now: NOW + second * 1_000 + quarter * 250 }) });
      await console.clock.pass(250);
    }
    bytes += (await console.look()).bytes;
  }
  expect(bytes / 10).toBeGreaterThan(50);
  expect(bytes / 10).toBeLessThan(most);
});

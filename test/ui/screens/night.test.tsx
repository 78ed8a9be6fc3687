import { describe, expect, it } from 'vitest';
import { type MailboxEntity, NO_COUNTS } from '../../../src/protocol/entities.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { said } from '../../support/a-reason.js';
import { aBatch, aCopying, aMailbox, aNight, NOW, someErrors } from '../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';

const anEngine = () => new PaperEngine(aNight());

describe('the night', () => {
  it('is the drawing, at 80x24', async () => {
    const { console } = await aBatchConsole(anEngine());
    const { text } = await console.look();
    const lines = text.map((line) => line.trimEnd());
    expect(lines).toEqual([
      ' school-2026   mail.old.example → mail.new.example   for 6:14:00   02:14:07 UTC',
      ' ██████████████▉░  93%  1.15 M of 1.23 M messages  107 GB of 114 GB  179 errors',
      ' ▲ held 2  copying 4  verifying 1  backing off 1  queued 41  synced 136   412/s',
      ' source 18/20   destination 16/20 throttled until 02:16        done about 05:40',
      '── needs you 2 ─────────────────────────────────────────────────────────────────',
      '▸▲ tom@new.example      AUTHENTICATIONFAILED    all     23:41 enter password',
      ' ▲ maria@new.example    OVERQUOTA             5,000     01:12 enter errors',
      '── workers 1-6 of 6 ────────────────────────────────────────────────────────────',
      '╭ ann ─────────────────────── copying ╮  ╭ bob ─────────────────────── copying ╮',
      '│ Archive/2019                        │  │ INBOX                               │',
      '│ ███████████████▋░░░░░░░░░░░░░   54% │  │ ████▉░░░░░░░░░░░░░░░░░░░░░░░░   17% │',
      '│ 112/s  2.8 MB/s         until 04:12 │  │ 61/s  7.7 MB/s          until 05:02 │',
      '╰─────────────────────────────────────╯  ╰─────────────────────────────────────╯',
      '╭ dave ────────────────────── copying ╮  ╭ eve ───────────────────── verifying ╮',
      '│ Sent → Gesendet            3 failed │  │ INBOX                               │',
      '│ ████████████████████▉░░░░░░░░   72% │  │ ▊░░░░░░░░░░░░░░░░░░░░░░░░░░░░    3% │',
      '│ 112/s  2.8 MB/s         until 04:12 │  │ 112/s  2.8 MB/s         until 04:12 │',
      '╰─────────────────────────────────────╯  ╰─────────────────────────────────────╯',
      '╭ 日本支社@example.jp ─────── copying ╮  ╭ carol ──────────────── back in 3:41 ╮',
      '│ 下書き/2021                         │  │ INBOX                               │',
      '│ ██████████████████████████▍░░   91% │  │ █████████▋░░░░░░░░░░░░░░░░░░░   33% │',
      '│ 112/s  2.8 MB/s         until 04:12 │  │ source [UNAVAILABLE] Mailbox is be… │',
      '╰─────────────────────────────────────╯  ╰─────────────────────────────────────╯',
      ' t table  / filter  n night  s schedule  e errors  l log        ? help  q leave',
    ]);
  });

  it.each([SMALL, MIDDLE, LARGE])('fills $columns x $rows and no more, panes and table', async (size) => {
    const { console } = await aBatchConsole(anEngine(), size);
    for (const key of ['', 't']) {
      if (key !== '') await console.type(key);
      const { text } = await console.look();
      expect(text).toHaveLength(size.rows);
      for (const line of text) expect(widthOf(line)).toBeLessThanOrEqual(size.columns);
      expect(text.at(-1)).toContain('q leave');
      expect(text.join('\n')).toContain('maria@new.example');
    }
  });

  it('goes into the mailbox that the cursor is on, and comes back to where it was', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('jj');
    await console.type('\u001b[C');
    await console.type('\r');
    expect(await console.screen()).toContain('school-2026 › bob');
    await console.type('\u001b');
    await console.clock.pass(100);
    const back = await console.screen();
    expect(back).toMatch(/╭ ▸ bob /);
    expect(back).not.toMatch(/╭ ▸ ann /);
  });

  it('turns into a table, sorted by any column, with what needs a hand first', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('t');
    let screen = await console.screen();
    expect(screen).toContain('mailboxes 1-16 of 185   by what needs you');
    const names = (text: string) => [...text.matchAll(/^[ ▸][ ●] (\S+)/gm)].map(([, name]) => name).slice(1);
    expect(names(screen).slice(0, 4)).toEqual(['maria@new.example', 'tom@new.example', 'ann', 'bob']);
    await console.type('o4');
    await console.type('o4');
    screen = await console.screen();
    expect(screen).toContain('by done');
    expect(screen).toMatch(/done ↑/);
    await console.type('G');
    expect(await console.screen()).toContain('of 185');
  });

  it('filters, and what the filter hides is not marked by "all"', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('t');
    await console.type('/');
    await console.type('queued1');
    await console.type('\r');
    expect(await console.screen()).toContain('mailboxes 1-11 of 11 (185 in all)   filter queued1');
    await console.type('a');
    expect(await console.screen()).toContain('marked 11');
    await console.type('P');
    const asked = await console.screen();
    expect(asked).toContain('pause 11 mailboxes');
    expect(asked).toContain('11 mailboxes of 11 marked: pause');
    expect(engine.orders).toEqual([]);
    await console.type('Y');
    expect(engine.orders).toHaveLength(11);
    expect(engine.orders.every((order) => order.do === 'pause' && order.mailbox?.startsWith('queued1'))).toBe(true);
    expect(await console.screen()).toContain('11 mailboxes: pausing');
  });

  it('acts on no mark that the filter hides, and says that it is there', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('t');
    await console.type('/');
    await console.type('!synced dave');
    await console.type('\r');
    await console.type('a');
    await console.type('/');
    await console.type('\u0015bob\r');
    await console.type(' ');
    expect(await console.screen()).toContain('marked 1, 1 hidden');
    await console.type('P');
    expect(engine.orders).toEqual([{ do: 'pause', mailbox: 'bob' }]);
    await console.type('/');
    await console.type('\u001b');
    await console.clock.pass(100);
    expect(await console.screen()).toMatch(/marked 2 /);
  });

  it('says that nothing matches the filter', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('/nobody\r');
    expect(await console.screen()).toContain('nothing matches nobody');
    await console.type('/\u0015done12\r');
    expect(await console.screen()).toContain('nothing at work matches done12');
  });

  it('keeps marks when a question is cancelled, and gives no order then', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('t');
    await console.type('  ');
    await console.type('j j ');
    expect(await console.screen()).toContain('marked 2');
    await console.type('R');
    const asked = await console.screen();
    // Of the two, one is at work already: what is asked about is what is acted on.
    expect(asked).toContain('1 mailbox of 2 marked: start now');
    expect(asked).toContain('1 other marked: it means nothing');
    await console.type('\u001b');
    expect(await console.screen()).toContain('marked 2');
    expect(engine.orders).toEqual([]);
  });

  it('starts the one under the cursor at once, without a question', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('R');
    expect(engine.orders).toEqual([{ do: 'start', mailbox: 'tom-new-example' }]);
    expect(await console.screen()).toContain('tom@new.example: starting now');
  });

  it('says what the engine refuses', async () => {
    const engine = anEngine();
    engine.answers.set('start', { ok: false, why: 'no mailbox tom in this batch' });
    const { console } = await aBatchConsole(engine);
    await console.type('R');
    expect(await console.screen()).toContain('no mailbox tom in this batch');
  });

  it('stops the work only when that is confirmed, and Cancel is where the cursor stands', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('X');
    const asked = await console.screen();
    expect(asked).toContain('5 mailboxes of 185 at work');
    expect(asked).toContain('nightferry resume school-2026');
    await console.type('\r');
    expect(engine.orders).toEqual([]);
    await console.type('X');
    await console.type('Y');
    expect(engine.orders).toEqual([{ do: 'stop', how: 'drain', mailbox: null }]);
    await console.type('\u0018');
    await console.type('Y');
    expect(engine.orders.at(-1)).toEqual({ do: 'stop', how: 'now', mailbox: null });
  });

  it('pauses the batch and lets it go on by one key', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    await console.type('A');
    engine.say({ type: 'batch', batch: aBatch(aNight(), { state: 'paused' }) });
    await console.clock.pass(500);
    expect(await console.screen()).toContain('○ paused');
    await console.type('A');
    expect(engine.orders).toEqual([
      { do: 'pause', mailbox: null },
      { do: 'continue', mailbox: null },
    ]);
  });

  it('offers nothing that changes the engine to a read-only console', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine, SMALL, 'read-only');
    for (const key of ['R', 'P', 'A', 'X', '\u0018']) await console.type(key);
    expect(engine.orders).toEqual([]);
    expect(await console.screen()).not.toContain('stop the work');
  });

  it('ends with the exit code of a batch that has ended', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    engine.say({ type: 'end', exitCode: 3, batch: aBatch(aNight(), { state: 'ended' }) });
    engine.die();
    await console.clock.pass(500);
    expect(await console.screen()).toContain('errors are open');
    await console.type('q');
    expect(await console.ended).toBe(3);
  });

  it('gives one mailbox the whole width', async () => {
    const { console } = await aBatchConsole(new PaperEngine([aCopying('ann', 0.5)]));
    const { text } = await console.look();
    expect(text[5]).toMatch(/^╭ ▸ ann ─+ copying ╮$/);
    expect(widthOf(text[5] ?? '')).toBe(80);
    expect(text.join('\n')).toContain('10,000 of 20,000');
  });

  it.each([
    [
      [aMailbox('fred', { state: { kind: 'queued', startsAt: NOW + 38_000, why: { key: 'turn' } } })],
      'fred starts in 0:38: waits for its turn',
    ],
    [[aMailbox('ida'), aMailbox('zoe')], 'nothing is at work; 2 mailboxes wait'],
    [[aMailbox('ann', { state: { kind: 'synced', at: NOW }, errors: 3 })], 'nothing is at work\n'],
    [[aMailbox('ann', { state: { kind: 'synced', at: NOW } })], 'nothing is left, no errors'],
  ])('says why nothing is at work: %#', async (mailboxes, said) => {
    const { console } = await aBatchConsole(new PaperEngine(mailboxes));
    expect(await console.screen()).toContain(said);
  });

  it('says of a batch that was broken off that it was, and how much is left', async () => {
    const left = { ...NO_COUNTS, total: 10_000, copied: 3_772, left: 6_228 };
    const { console } = await aBatchConsole(
      new PaperEngine([aMailbox('ann', { state: { kind: 'stopped' }, counts: left })]),
    );
    expect(await console.screen()).toContain('1 mailbox was stopped, 6,228 messages left: R goes on');
  });

  it('cuts no number in two where many states are there', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    const { byState, ...batch } = aBatch(aNight());
    const many = { ...byState, held: 1, copying: 3, verifying: 2, connecting: 1, queued: 107, synced: 1_234 };
    engine.say({ type: 'batch', batch: { ...batch, byState: many } });
    await console.clock.pass(500);
    const line = (await console.look()).text[2] ?? '';
    expect(line).toMatch(/backing off 1 {2}(queued 107 {2})?\+[12] +412\/s/);
  });

  it('shows what failed when the batch has ended, from its files, and says how to go on', async () => {
    const engine = anEngine();
    const { console, services } = await aBatchConsole(engine);
    services.files = someErrors();
    engine.say({ type: 'end', exitCode: 4, batch: aBatch(aNight(), { state: 'stopped' }) });
    engine.die();
    await console.clock.pass(500);
    await console.type('e');
    await console.clock.pass(500);
    expect(await console.screen()).toContain('OVERQUOTA');
    expect(await console.screen()).not.toContain('broke');
  });

  it('does not call a mailbox synced that came to its end with something open, and shows it first', async () => {
    const ended = (name: string, at: number, more: Partial<MailboxEntity> = {}) =>
      aMailbox(name, { state: { kind: 'synced', at: NOW - at }, endedAt: NOW - at, ...more });
    const { console } = await aBatchConsole(
      new PaperEngine([
        ended('ann', 1_000),
        ended('bob', 60_000, { errors: 2, counts: { ...NO_COUNTS, total: 1_910, copied: 1_908, failed: 2 } }),
      ]),
    );
    const { text } = await console.look();
    const rows = text.filter((line) => /ann|bob/.test(line));
    expect(rows[0]).toMatch(/▲ bob +not copied +2 +02:13 enter mailbox/);
    expect(rows[1]).toMatch(/ann +✓ synced 02:14/);
    await console.type('t');
    expect(await console.screen()).toMatch(/bob +▲ ended 02:13 +100% +2/);
  });

  it('says of a mailbox that went through and left messages behind that it needs a hand', async () => {
    const state = { kind: 'synced', at: NOW } as const;
    const left = { ...NO_COUNTS, total: 1_910, left: 1_905, copied: 5 };
    const { console } = await aBatchConsole(new PaperEngine([aMailbox('bob', { state, errors: 13, counts: left })]));
    const screen = await console.screen();
    expect(screen).toContain('needs you 1');
    expect(screen).toMatch(/▲ bob +not copied +1,905 +enter mailbox/);
  });

  it('says of an incomplete mailbox how many messages are missing, and why', async () => {
    const because = { key: 'short', by: [{ kind: 'left', messages: 36, folders: 2 }] } as const;
    const state = { kind: 'incomplete', at: NOW, left: 36, because } as const;
    const { console } = await aBatchConsole(new PaperEngine([aMailbox('bob', { state, errors: 2 })]));
    const screen = await console.screen();
    expect(screen).toContain('needs you 1');
    expect(screen).toMatch(/▲ bob +not copied +36 +enter mailbox/);
  });

  it('counts with mailboxes that have not begun: the first one is not the whole night', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    const counts = { ...NO_COUNTS, total: 1_300, copied: 853, left: 447, bytesTotal: 3e6, bytesCopied: 2e6 };
    engine.say({ type: 'batch', batch: aBatch(aNight(), { counts, expected: 7_800, unseen: 5, errors: 0 }) });
    await console.clock.pass(500);
    expect(await console.screen()).toMatch(/10% {2}853 of about 7,800 messages {2}1.9 MB *\n/);
  });

  it('tells when the next one tries where all rest, and no end while nothing is to move', async () => {
    const resting = aMailbox('ann', {
      state: { kind: 'backing-off', until: NOW + 221_000, because: said('source', 'NO') },
    });
    const engine = new PaperEngine([resting]);
    const { console } = await aBatchConsole(engine);
    expect(await console.screen()).toContain('all rest, the next try in 3:41');
    engine.say({ type: 'batch', batch: aBatch(aNight(), { state: 'paused' }) });
    await console.clock.pass(500);
    expect((await console.look()).text[3]).not.toContain('done about');
  });

  it('has more commands than the palette has lines, and says so; a key stands before its sentence', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type(':');
    const palette = await console.screen();
    expect(palette).toMatch(/give-up +Z +Give the mailbox up/);
    expect(palette).toMatch(/│ {3}\d+ more below/);
  });

  it('leaves a running batch with 0', async () => {
    const { console } = await aBatchConsole(anEngine());
    await console.type('q');
    expect(await console.ended).toBe(0);
  });

  it('sees within two seconds that the engine died, and starts it again when told to', async () => {
    const engine = anEngine();
    const { console, services } = await aBatchConsole(engine);
    services.restarted = { ok: true, client: new PaperEngine([aCopying('ann', 0.99)]) };
    engine.die();
    await console.clock.pass(1_900);
    const screen = await console.screen();
    expect(screen).toContain('no engine since 02:14');
    expect(screen).toContain('Nothing is lost');
    expect(services.restarts).toBe(0);
    await console.type('\r');
    await console.clock.pass(500);
    expect(services.restarts).toBe(1);
    const after = await console.screen();
    expect(after).not.toContain('no engine');
    expect(after).toContain('99%');
  });

  it.each(['full', 'read-only'] as const)(
    'goes on with the engine that another console has started: %s',
    async (access) => {
      const engine = anEngine();
      const { console, services } = await aBatchConsole(engine, SMALL, access);
      engine.die();
      await console.clock.pass(1_900);
      expect(await console.screen()).toContain('no engine since 02:14');
      services.another = new PaperEngine([aCopying('ann', 0.99)]);
      await console.clock.pass(2_500);
      const screen = await console.screen();
      expect(screen).not.toContain('no engine');
      expect(screen).toContain('99%');
      expect(services.restarts).toBe(0);
    },
  );

  it('starts the engine again on a key where nobody wanted to when that was asked', async () => {
    const engine = anEngine();
    const { console, services } = await aBatchConsole(engine);
    engine.die();
    await console.clock.pass(1_900);
    await console.type('\u001b');
    expect(await console.screen()).toContain('^r start the engine again');
    services.restarted = { ok: true, client: new PaperEngine([aCopying('ann', 0.99)]) };
    await console.type('\u0012');
    await console.clock.pass(500);
    expect(services.restarts).toBe(1);
    expect(await console.screen()).toContain('99%');
  });

  it('saves the list as it is filtered, and copies a mailbox', async () => {
    const { console, services } = await aBatchConsole(anEngine());
    await console.type('/');
    await console.type('held');
    await console.type('\r');
    await console.type('w\r');
    expect(services.saved).toHaveLength(1);
    expect(services.saved[0]?.name).toBe('school-2026-mailboxes-20260116-021407.txt');
    expect(services.saved[0]?.text.split('\n')).toHaveLength(3);
    expect(await console.screen()).toContain('2 lines saved to /home/op/school-2026-mailboxes');
    await console.type('y');
    const { raw } = await console.look();
    const clipboard = /\u001b\]52;c;([^\u0007]*)\u0007/.exec(raw)?.[1] ?? '';
    expect(Buffer.from(clipboard, 'base64').toString()).toContain('tom@new.example');
  });
});

describe('5,000 mailboxes', () => {
  /** Counts how often a row is looked at by the columns that only a drawn row has. */
  function counted(n: number) {
    let looks = 0;
    const reset = (): void => {
      looks = 0;
    };
    const mailboxes = Array.from({ length: n }, (_, i) => {
      const mailbox = aMailbox(`user${i}@example.org`);
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

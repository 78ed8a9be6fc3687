import { describe, expect, it } from 'vitest';
import { widthOf } from '../../../../src/ui/text/graphemes.js';
import { aCopying, aMailbox, aNight, NOW } from '../../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../../support/a-batch-console.js';
import { PaperEngine } from '../../support/paper-engine.js';

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
    expect(names(screen).slice(0, 4)).toEqual(['tom@new.example', 'maria@new.example', 'ann', 'bob']);
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

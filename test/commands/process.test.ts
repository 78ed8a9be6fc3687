import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { GatedServers } from '../support/gated-servers.js';
import { Desk, kill, type Terminal } from '../support/terminals.js';

const SECRET = 'Geheim-53f1c2';
const PASSWORDS = { NIGHTFERRY_SOURCE_PASSWORD: SECRET, NIGHTFERRY_DESTINATION_PASSWORD: SECRET };

/** Only there a process can be looked at from outside. */
const onLinux = it.runIf(process.platform === 'linux');

let desk: Desk;
let servers: GatedServers;
beforeEach(async () => {
  desk = await Desk.set();
  servers = await GatedServers.start({ ann: SECRET, bob: SECRET });
});
afterEach(async () => {
  await desk.clear();
  await servers.stop();
});

/** A move that is under way, and its console. */
async function aMove(): Promise<{ terminal: Terminal; batch: string; engine: number }> {
  const terminal = desk.runs(servers.move('ann'), PASSWORDS);
  await terminal.shows(/copying/);
  const batch = await desk.batch();
  const engine = await desk.engine(batch);
  return { terminal, batch, engine: engine ?? expect.unreachable('no engine runs') };
}

/** Waits until the engine has ended by itself. */
const ended = (pid: number) => expect.poll(() => kill(pid, 0)).toBe(false);

const allMail = () => expect(servers.mail('destination', 'ann')).toEqual(servers.mail('source', 'ann'));

describe('an engine that a console started', () => {
  onLinux(
    'is a process of its own, without a terminal, in its own session, at work with the same mailbox',
    async () => {
      const { terminal, engine } = await aMove();
      expect(engine).not.toBe(terminal.pid);
      // proc(5): state, ppid, pgrp, session, tty_nr
      const fields = (await readFile(`/proc/${engine}/stat`, 'latin1')).split(') ').at(-1)?.split(' ') ?? [];
      expect(fields.slice(3, 5)).toEqual([String(engine), '0']);
      servers.openGate();
      await terminal.shows(/synced|all settled/);
      terminal.types('q');
      expect(await terminal.exit).toBe(0);
      await terminal.shows(/is done, all settled/);
      allMail();
    },
  );

  onLinux(
    'has its credentials from a pipe: not in its arguments, its environment, on the disk, nor on the screen',
    async () => {
      const { terminal, engine } = await aMove();
      const [environment, argv] = await Promise.all(
        ['environ', 'cmdline'].map((name) => readFile(`/proc/${engine}/${name}`, 'latin1')),
      );
      expect(argv).toContain('engine');
      expect(environment).toContain('HOME=');
      expect(environment).not.toContain('NIGHTFERRY_');
      servers.openGate();
      await terminal.shows(/synced|all settled/);
      const written = await desk.written();
      expect([...written.keys()].map((path) => path.split('/').at(-1))).toContain('batch.json');
      for (const text of [environment ?? '', argv ?? '', await terminal.text(), ...written.values()])
        expect(text).not.toContain(SECRET);
      const log = await stat(join(desk.state, await desk.batch(), 'engine.log'));
      expect([log.mode & 0o777, log.size]).toEqual([0o600, 0]);
    },
  );

  it.each(['SIGKILL', 'SIGTERM', 'hangup'] as const)('does not notice that its console ended by %s', async (how) => {
    const { terminal, engine } = await aMove();
    if (how === 'hangup') terminal.hangUp();
    else terminal.signal(how);
    expect(await terminal.exit).not.toBe(0);
    expect(kill(engine, 0)).toBe(true);
    servers.openGate();
    await ended(engine);
    allMail();
  });

  it('goes on when the console is left, which says so and how to come back; then another opens, and stops it', async () => {
    const { terminal, batch, engine } = await aMove();
    terminal.types('q');
    expect(await terminal.exit).toBe(0);
    await terminal.shows(/goes on without this console.*nightferry attach/s);
    expect(kill(engine, 0)).toBe(true);

    const again = desk.runs(['attach', batch]);
    await again.shows(/copying/);
    const stop = desk.runs(['stop', batch, '--now']);
    expect(await stop.exit).toBe(0);
    await ended(engine);
    await again.shows(/stopped/);
    again.types('q');
    expect(await again.exit).toBe(4);
    await again.shows(/was stopped before the end/);
  });

  it('is met again by `resume` in a terminal, as by `attach`', async () => {
    const { terminal, batch, engine } = await aMove();
    terminal.signal('SIGKILL');
    const again = desk.runs(['resume', batch]);
    await again.shows(/copying/);
    expect(await desk.engine(batch)).toBe(engine);
  });

  it('serves several consoles at once, and takes no order from one that is read-only', async () => {
    const { batch } = await aMove();
    const other = desk.runs(['attach', batch, '--read-only']);
    await other.shows(/copying/);
    const reader = await desk.connects(batch, 'read-only');
    const refused = { ok: false, why: 'this console is read-only' };
    expect(await reader.command({ do: 'stop', how: 'now', mailbox: null })).toEqual(refused);
    expect(await reader.command({ do: 'password', mailbox: 'ann', side: 'source', secret: 'x' })).toEqual(refused);
    expect((await reader.status()).batch.state).toBe('running');
    reader.close();
    other.types('q');
    expect(await other.exit).toBe(0);
  });

  it('is missed when it dies, and started again by the console, with the passwords that it has', async () => {
    const { terminal, batch, engine } = await aMove();
    kill(engine, 'SIGKILL');
    await terminal.shows(/the engine is gone/);
    servers.openGate();
    terminal.types('\r');
    await terminal.shows(/synced|all settled/);
    expect(await desk.engine(batch)).not.toBe(engine);
    allMail();
    terminal.types('q');
    expect(await terminal.exit).toBe(0);
  });

  it('that dies and is not started again leaves the batch unfinished, and the console says so', async () => {
    const { terminal, engine } = await aMove();
    kill(engine, 'SIGKILL');
    await terminal.shows(/the engine is gone/);
    terminal.types('\u001b');
    await terminal.shows(/q leave/);
    terminal.types('q');
    expect(await terminal.exit).toBe(4);
    await terminal.shows(/the engine of .* is gone.*nightferry resume/s);
  });
});

describe('a batch in a terminal', () => {
  const plan = async (text: string) => {
    const path = join(desk.dir, 'school.csv');
    await writeFile(path, text);
    const { urls, trust } = servers;
    return ['run', path, ...['--source', urls.source, '--destination', urls.destination, ...trust, '--stagger', '0']];
  };

  it('that ends before its console is drawn is shown all the same, and ends with its own exit code', async () => {
    servers.openGate();
    const done = desk.runs(servers.move('ann'), PASSWORDS);
    // Whichever was quicker: the console with the ended batch, or the engine, and then a table of lines.
    await done.shows(/synced|all settled/);
    done.types('q');
    expect(await done.exit).toBe(0);
    const again = desk.runs(servers.move('ann'), PASSWORDS);
    await again.shows(/synced|all settled/);
    again.types('q');
    expect(await again.exit).toBe(0);
  });

  it('holds a mailbox without a password with a question, which another console answers', async () => {
    const rows = `ann,ann,${SECRET},${SECRET}\nbob,bob,${SECRET},\n`;
    const terminal = desk.runs(await plan(`EmailAddress,UserName,Password,DestinationPassword\n${rows}`));
    // Ann's mail is kept waiting until a console is there: a batch on which nobody looks ends beside a held mailbox.
    await terminal.shows(/bob/);
    const client = await desk.connects('school', 'full');
    await client.subscribe(() => undefined);
    servers.openGate();
    const bob = async () => (await client.status()).mailboxes.find(({ email }) => email === 'bob');
    await expect.poll(async () => (await bob())?.asksPassword).toBe('destination');
    // The others are done, and it waits for whoever is there to answer.
    await expect.poll(async () => (await client.status()).batch.byState.synced).toBe(1);
    const wrong = { do: 'password', mailbox: 'bob', side: 'destination', secret: 'no' } as const;
    expect(await client.command(wrong)).toEqual({ ok: true });
    await expect.poll(async () => (await bob())?.lastResponse?.text).toMatch(/^NO/);
    await expect.poll(async () => (await bob())?.asksPassword).toBe('destination');
    expect(await client.command({ ...wrong, secret: SECRET })).toEqual({ ok: true });
    // The count, and not the hour at which ann was synced.
    await terminal.shows(/all settled: 2 mailboxes are in step/);
    expect(servers.mail('destination', 'bob')).toEqual(servers.mail('source', 'bob'));
    for (const text of (await desk.written()).values())
      if (!text.includes('EmailAddress')) expect(text).not.toContain(SECRET);
  });

  it('in which no mailbox has a password is refused before anything is written', async () => {
    const terminal = desk.runs(await plan('EmailAddress,UserName\nann,ann\nbob,bob\n'));
    expect(await terminal.exit).toBe(2);
    await terminal.shows(/school\.csv, row 2 \(ann\): no source password/);
    expect([...(await desk.written()).keys()].filter((path) => path.includes('batch.json'))).toEqual([]);
  });

  it('prints lines with --plain, in one process', async () => {
    servers.openGate();
    const terminal = desk.runs([...servers.move('ann'), '--plain'], PASSWORDS);
    expect(await terminal.exit).toBe(0);
    await terminal.shows(/all settled after/);
  });

  it('prints lines where a screen cannot be drawn', async () => {
    servers.openGate();
    const terminal = desk.runs(servers.move('ann'), { ...PASSWORDS, TERM: 'dumb' });
    expect(await terminal.exit).toBe(0);
    await terminal.shows(/all settled after/);
  });
});

describe('attach', () => {
  it('says what is wrong where nothing can be drawn, and opens a batch that does not run at rest', async () => {
    const { terminal, batch, engine } = await aMove();
    const dumb = desk.runs(['attach', batch], { TERM: 'dumb' });
    expect(await dumb.exit).toBe(2);
    await dumb.shows(/attach: a terminal of type "dumb" cannot be drawn on/);
    servers.openGate();
    terminal.signal('SIGKILL');
    await ended(engine);
    const watcher = desk.runs(['attach', batch, '--read-only']);
    expect(await watcher.exit).toBe(2);
    await watcher.shows(/is not running: there is nothing to watch/);
    const late = desk.opens(['attach', batch]);
    await late.shows(/all done/);
    late.types('q');
    expect(await late.exit).toBe(0);
    await late.shows(/is done, all settled/);
  });
});

describe('nightferry alone', () => {
  it('shows the start screen, and leaves it', async () => {
    const terminal = desk.opens([]);
    await terminal.shows(/move one mailbox/);
    terminal.types('q');
    expect(await terminal.exit).toBe(0);
  });

  it('opens the batch that runs', async () => {
    const first = desk.opens(servers.move('ann'), PASSWORDS);
    await first.shows(/copying/);
    first.signal('SIGKILL');
    const second = desk.opens([]);
    await second.shows(/copying/);
    second.types('q');
    expect(await second.exit).toBe(0);
    servers.openGate();
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { AConsole } from './support/a-console.js';
import { turn } from './support/manual-clock.js';
import { SCREENS } from './support/two-screens.js';

let open: AConsole[] = [];
function aConsole(...rest: ConstructorParameters<typeof AConsole> extends [unknown, ...infer R] ? R : never): AConsole {
  const one = new AConsole(SCREENS, ...rest);
  open.push(one);
  return one;
}
afterEach(async () => {
  for (const one of open) one.process.emit('SIGTERM');
  await Promise.all(open.map((one) => one.ended));
  open = [];
});

describe('the console', () => {
  it('shows its first screen, goes where its keys say and comes back to where the cursor was', async () => {
    const it = aConsole();
    expect(await it.screen()).toMatch(/ school-2026 .*500 mailboxes/);
    await it.type('jjjj\r');
    expect(await it.screen()).toMatch(/school-2026 › user4@new.example[\s\S]*all about user4@new.example/);
    await it.type('\u001b');
    expect(await it.screen()).toMatch(/▸ {2}user4@new.example/);
    await it.type('e');
    expect(await it.screen()).toMatch(/^ school-2026 › errors/);
    await it.type('n');
    expect(await it.screen()).toMatch(/▸ {2}user4@new.example/);
  });

  it('takes /words and Enter that came in one chunk, and ! inverts', async () => {
    const it = aConsole();
    await it.type('/user49\r');
    expect(await it.screen()).toMatch(/11 mailboxes/);
    await it.type('j');
    expect(await it.screen()).toMatch(/▸ {2}user490@new.example/);
    await it.type('/\u0015!user4 !3\r');
    expect(await it.screen()).toMatch(/233 mailboxes/);
    await it.type('/\u001b');
    expect(await it.screen()).toMatch(/500 mailboxes/);
  });

  it('shows the keys that work now in its last line, also those of a question', async () => {
    const it = aConsole();
    await it.type('');
    expect((await it.look()).text.at(-1)).toMatch(
      /^ \/ filter {2}enter open .* n night {2}e errors .*\? help {2}q leave$/,
    );
    await it.type('X');
    const asked = await it.screen();
    expect(asked).toMatch(/╭ stop ─+╮/);
    expect(asked).toMatch(/131 mailboxes of school-2026/);
    expect(asked.split('\n').at(-1)).toMatch(/Y yes.*esc cancel$/);
    await it.type('\r');
    expect(await it.screen()).toMatch(/▲ answered no/);
    await it.type('XY');
    expect(await it.screen()).toMatch(/▲ answered yes/);
    await it.clock.pass(11_000);
    expect(await it.screen()).not.toMatch(/answered/);
    await it.type('\u000e');
    expect(await it.screen()).toMatch(/── messages ─[\s\S]*answered yes[\s\S]*answered no/);
  });

  it('finds a command by its name and runs it', async () => {
    const it = aConsole();
    await it.type(':err');
    expect(await it.screen()).toMatch(/╭ command ─[\s\S]*:err[\s\S]*▸ errors +e +What failed/);
    await it.type('\r');
    expect(await it.screen()).toMatch(/^ school-2026 › errors/);
  });

  it('makes its help from the table', async () => {
    const it = aConsole();
    await it.type('?');
    const help = await it.screen();
    expect(help).toMatch(/── help [\s\S]* night\n k up +One row up/);
    expect(help).toMatch(/everywhere[\s\S]*q \^c +Leave the console/);
    await it.type('/stop\r');
    const found = await it.screen();
    expect(found).toMatch(/── help {3}stop ─+\n night\n X +Stop the batch/);
    expect(found).not.toContain('One row up');
    await it.type('\u001b');
    expect(await it.screen()).toContain('One row up');
    await it.type('\u001b');
    expect(await it.screen()).toMatch(/500 mailboxes/);
  });

  it('has no key that changes the engine when it is read-only', async () => {
    const it = aConsole(undefined, { access: 'read-only' });
    await it.type('X');
    const shown = await it.screen();
    expect(shown).not.toContain('stop the work');
    expect(shown).toContain('X stop: this console only looks on');
    expect(shown.split('\n').at(-1)).not.toContain('stop');
  });

  it('copies into the clipboard of the terminal', async () => {
    const it = aConsole();
    await it.type('y');
    const { raw, text } = await it.look();
    expect(raw).toContain(`\u001b]52;c;${Buffer.from('user0@new.example').toString('base64')}\u0007`);
    expect(text.join('\n')).toMatch(/✓ address copied/);
  });

  it('says that the terminal is too small, and recovers', async () => {
    const it = aConsole();
    await it.look();
    await it.resize({ columns: 60, rows: 20 });
    expect(await it.screen()).toMatch(/The terminal is 60x20; the console needs 80x24/);
    await it.resize({ columns: 120, rows: 40 });
    const { text } = await it.look();
    expect(text[0]).toMatch(/500 mailboxes$/);
    expect(text[0]).toHaveLength(119);
    expect(text).toHaveLength(40);
    expect(text.at(-1)).toMatch(/q leave$/);
  });

  it('draws in ASCII and without colours where no other arrives', async () => {
    const it = aConsole(undefined, {
      mode: {
        kind: 'console',
        charset: 'ascii',
        theme: 'bare',
        mouse: 'on',
        signs: { title: 'hidden', bell: 'silent' },
      },
    });
    await it.type('j');
    const { raw, text } = await it.look();
    expect(raw).toMatch(/^[\u001b\r\u0020-\u007e]+$/);
    expect(raw).not.toMatch(/\u001b\[[\d;]+m/);
    expect(text.join('\n')).toMatch(/> {2}user1@new.example/);
  });
});

describe('the end of a console', () => {
  it('puts the terminal back, says good-bye on the normal screen, and ends with 0', async () => {
    const it = aConsole(undefined, { farewell: () => 'the engine goes on; nightferry attach school-2026\n' });
    await it.look();
    expect([it.buffer, it.keyboard.raw]).toEqual(['alternate', true]);
    await it.type('q');
    expect(await it.ended).toBe(0);
    expect(await it.screen()).toMatch(/^the engine goes on; nightferry attach school-2026/);
    expect([it.buffer, it.keyboard.raw]).toEqual(['normal', false]);
    expect(it.process.eventNames()).toEqual([]);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ])('comes with %s, and is %i to the shell', async (signal, code) => {
    const it = aConsole();
    await it.look();
    it.process.emit(signal);
    expect(await it.ended).toBe(code);
    await it.look();
    expect(it.buffer).toBe('normal');
    expect(it.keyboard.raw).toBe(false);
  });

  it('comes with the end of its input, and with a terminal that is gone', async () => {
    const [one, two] = [aConsole(), aConsole()];
    one.keyboard.end();
    two.paper.hangUp();
    expect([await one.ended, await two.ended]).toEqual([129, 129]);
  });

  it('shows the stack of a bug after the screen is left, wherever it happened', async () => {
    const [drawn, thrown] = [aConsole(), aConsole()];
    await drawn.type('B');
    expect(await drawn.ended).toBe(1);
    expect(await drawn.screen()).toMatch(/^Error: the night broke\n\s+at Night/);
    expect(drawn.buffer).toBe('normal');
    thrown.process.emit('uncaughtException', new Error('thrown elsewhere'));
    expect(await thrown.ended).toBe(1);
    expect(await thrown.screen()).toMatch(/Error: thrown elsewhere/);
  });

  it('stops with Ctrl-Z as a job does, and draws all anew when it comes back', async () => {
    const it = aConsole();
    const before = await it.screen();
    await it.type('\u001a');
    await it.look();
    expect([it.buffer, it.keyboard.raw, it.process.killed]).toEqual(['normal', false, [[0, 'SIGTSTP']]]);
    expect(it.process.listenerCount('SIGTSTP')).toBe(0);
    it.process.emit('SIGCONT');
    await it.clock.pass(300);
    expect(await it.screen()).toBe(before);
    expect([it.buffer, it.keyboard.raw]).toEqual(['alternate', true]);
    await it.type('j');
    expect(await it.screen()).toMatch(/▸ {2}user1@/);
  });
});

describe('a terminal that takes nothing', () => {
  it('is given no more until it takes again, and then only the last frame', async () => {
    const it = aConsole();
    await it.look();
    it.paper.stalled = true;
    for (let n = 0; n < 20; n++) await it.type('j');
    expect((await it.look()).bytes).toBe(0);
    it.paper.drain();
    const { text, bytes } = await it.look();
    expect(text.join('\n')).toMatch(/▸ {2}user20@new.example/);
    expect(bytes).toBeLessThan(2_000);
    await turn();
  });
});

import { describe, expect, it } from 'vitest';
import type { Morning } from '../../../src/protocol/answers.js';
import { isNews, leadsTo } from '../../../src/ui/select/morning.js';
import { aNight, MINUTE, NOW, someErrors } from '../support/a-batch.js';
import { aBatchConsole, SMALL } from '../support/a-batch-console.js';
import { PaperEngine } from '../support/paper-engine.js';

const MORNING: Morning = {
  since: NOW - 240 * MINUTE,
  lines: [
    {
      tone: 'ask',
      text: 'maria@new.example is held: destination: NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
      leads: { to: 'mailbox', mailbox: 'maria-new-example' },
    },
    {
      tone: 'new',
      text: 'OVERQUOTA: 131 messages in 2 mailboxes, new.',
      leads: { to: 'group', group: 'OVERQUOTA', name: 'OVERQUOTA' },
    },
    { tone: 'new', text: 'decision 1: retry 5 UIDs: 2 failed again', leads: { to: 'decisions' } },
    { tone: 'good', text: '136 mailboxes are in step now', leads: { to: 'night' } },
  ],
};

function anEngine(morning: Morning = MORNING): PaperEngine {
  const engine = new PaperEngine(aNight());
  engine.errors = someErrors();
  engine.morning = morning;
  return engine;
}

describe('what happened since an operator last looked', () => {
  it('is seen first where that was long ago, in the order of what needs them', async () => {
    const { console } = await aBatchConsole(anEngine());
    const { text } = await console.look();
    expect(text[0]).toContain('school-2026 › since you last looked');
    expect(text[1]).toContain('since you last looked   15 Jan 22:14 UTC, 4 h ago');
    expect(text[3]).toMatch(/^▸ +1 {2}▲ {2}maria@new\.example is held/);
    expect(text[4]).toMatch(/^ +2 {2}✗ {2}OVERQUOTA: 131 messages/);
    expect(text[6]).toMatch(/^ +4 {2}✓ {2}136 mailboxes are in step now/);
    // The line under the cursor is read whole.
    expect(text.join('\n')).toMatch(/\(mailbox\s+for user is full\)/);
    expect(text.at(-1)).toMatch(/enter go there {2}1 to 9 /);
  });

  it.each([
    ['1', 'since you last looked › maria@new.example'],
    ['\r', 'since you last looked › maria@new.example'],
    ['2', 'since you last looked › OVERQUOTA'],
    ['j\r', 'since you last looked › OVERQUOTA'],
    ['3', 'since you last looked › decisions'],
  ])('is one key from where it leads: %j', async (keys, crumbs) => {
    const { console } = await aBatchConsole(anEngine());
    await console.type(keys);
    expect((await console.look()).text[0]).toContain(crumbs);
    // The news stays to be read, one line after the other.
    await console.type('\u001b');
    await console.clock.pass(100);
    expect(await console.screen()).toMatch(/ 1 {2}▲ {2}maria@new\.example/);
  });

  it('leads to the night with what went well, and tells the engine that somebody looked', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine);
    expect(engine.orders).toEqual([]);
    await console.type('4');
    expect(await console.screen()).toContain('needs you 2');
    expect(engine.orders).toEqual([{ do: 'looked', by: 'eva' }]);
  });

  it('is looked at by a read-only console without a word to the engine', async () => {
    const engine = anEngine();
    const { console } = await aBatchConsole(engine, SMALL, 'read-only');
    expect(await console.screen()).toContain('since you last looked');
    await console.type('\u001b');
    await console.clock.pass(100);
    expect(await console.screen()).toContain('needs you 2');
    expect(engine.orders).toEqual([]);
  });

  it('is a key away at any time, and says where nothing happened', async () => {
    const { console } = await aBatchConsole(anEngine({ since: NOW - 5 * MINUTE, lines: [] }));
    expect(await console.screen()).toContain('needs you 2');
    await console.type('i');
    expect(await console.screen()).toContain('nothing happened since then');
  });

  it('does not take the screen from who went elsewhere meanwhile', async () => {
    const engine = anEngine();
    let answer: () => void = () => undefined;
    const command = engine.command.bind(engine);
    engine.command = async (given) => {
      if (given.do === 'morning') {
        await new Promise<void>((resolve) => {
          answer = resolve;
        });
      }
      return command(given);
    };
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    answer();
    await console.clock.pass(500);
    expect((await console.look()).text[0]).toMatch(/^ school-2026 › errors {3}/);
  });

  it('is no news to who has just looked, nor where nothing happened', () => {
    expect(isNews(MORNING, NOW)).toBe(true);
    expect(isNews({ ...MORNING, since: NOW - 9 * MINUTE }, NOW)).toBe(false);
    expect(isNews({ ...MORNING, lines: [] }, NOW)).toBe(false);
  });

  it('leads to groups without a code by their name', () => {
    const leads = { to: 'group', group: 'no code: message-policy', name: '(message-policy)' } as const;
    expect(leadsTo({ tone: 'new', text: '', leads }, [])?.params).toMatchObject({
      group: 'no code: message-policy',
      name: '(message-policy)',
    });
  });
});

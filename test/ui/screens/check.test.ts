import { afterEach, expect, it } from 'vitest';
import { aCheckConsole, aCheckView, checkedMailboxes, PaperCheck } from '../support/a-check.js';
import type { AConsole } from '../support/a-console.js';

let console: AConsole | null = null;
afterEach(async () => {
  console?.keyboard.end();
  await console?.ended;
  console = null;
});

async function opened(check: PaperCheck): Promise<AConsole> {
  console = aCheckConsole(check);
  await console.screen();
  return console;
}

const text = async () => (await console!.look()).text.join('\n');

it('shows servers, how far it is, and what was found so far, the gravest first', async () => {
  await opened(new PaperCheck());

  const seen = await text();
  expect(seen).toMatch(/✓ source +mail\.old\.example:993 +Dovecot · round trip 38 ms/);
  expect(seen).toMatch(/172 of 430 mailboxes +looking, 4 min left +512,004 messages/);
  expect(seen.indexOf('login is refused')).toBeLessThan(seen.indexOf('quota is over'));
  expect(seen).toContain('correct user and password in the plan');
});

it('draws what comes while somebody looks', async () => {
  const check = new PaperCheck(aCheckView({ groups: [] }));
  await opened(check);
  expect(await text()).toContain('nothing was found so far');

  check.becomes({ state: 'done', done: 430, mailboxes: checkedMailboxes(430, 430) });
  await console!.clock.pass(100);

  expect(await text()).toMatch(/430 of 430 mailboxes .* done/);
  expect(await text()).toMatch(/nothing was found(?! so far)/);
});

it('counts none as looked at that was not', async () => {
  const none = checkedMailboxes(4, 0).map((one) => ({ ...one, standing: 'not tried' as const }));
  await opened(new PaperCheck(aCheckView({ state: 'done', done: 4, mailboxes: none, messages: 0 })));
  expect(await text()).toMatch(/4 of 4 mailboxes +done +0 looked at, 0 messages/);
  await console!.type('\t');
  expect(await text()).toContain('tab findings');
});

it('leads by one key to the rows of a finding, and back', async () => {
  await opened(new PaperCheck());

  await console!.type('j\r');
  const rows = await text();
  await console!.type('\u001b');
  await console!.clock.pass(200);

  expect(rows).toContain('otto@new.example');
  expect(rows).toContain("raise the destination's limit");
  expect(await text()).toContain('mail.old.example');
});

it('shows the mailboxes as they are looked at', async () => {
  await opened(new PaperCheck());

  await console!.type('\t');
  const first = await text();
  await console!.type('G');

  expect(first).toMatch(/user0@new\.example +looked at +1,204/);
  expect(await text()).toMatch(/user429@new\.example +waits/);
});

it('stops by order, once, and says why not where it is over', async () => {
  const check = new PaperCheck();
  await opened(check);

  await console!.type('X');
  await console!.type('X');

  expect(check.stops).toBe(1);
  expect(await text()).toContain('stopping');
});

it('names the servers that have no line, and how many of them are of no use', async () => {
  const one = { side: 'source', standing: 'answers', facts: [] } as const;
  const servers = [0, 1, 2, 3, 4].map((at) => ({ ...one, name: `mail${at}.example:993` }));
  await opened(new PaperCheck(aCheckView({ servers: [...servers, { ...one, name: 'gone', standing: 'of no use' }] })));

  expect(await text()).toMatch(/and 3 more servers, 1 of no use/);
});

it('draws a frame of 5,000 mailboxes as fast as one of 5', async () => {
  const check = new PaperCheck(aCheckView({ mailboxes: checkedMailboxes(5_000, 100) }));
  await opened(check);
  await console!.type('\t');

  await console!.type('G');

  expect(await text()).toContain('user4999@new.example');
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import { answer, hang, type ImapServer, script, startImapServer, when, whenMessage } from '../../demo/server/index.js';
import type { DecisionEntity, DecisionPreview, ErrorGroupEntity } from '../../src/protocol/answers.js';
import { FINGERPRINT } from '../support/gated-servers.js';
import { Operator, type Running, story } from '../support/nightferry.js';
import { letters } from '../support/odd-mail.js';
import { mailIn } from '../support/same-mail.js';

const USERS = ['ann', 'bob'];
/** Of each mailbox's INBOX: messages that the destination refuses while it does so. */
const VIRUS = /^Subject: virus-\d+\r$/m;
const REFUSAL = 'NO [CANNOT] Message contains a virus';

let refuses = true;
/** The destination answers nothing to bob: a run stays under way. */
let hangs = false;
let source: ImapServer;
let destination: ImapServer;
let operator: Operator;
beforeEach(async () => {
  refuses = true;
  hangs = false;
  const accounts = Object.fromEntries(USERS.map((user) => [user, { password: 'pass' }]));
  const isVirus = ({ raw }: { readonly raw: Buffer }) => refuses && VIRUS.test(String(raw));
  source = await startImapServer({ accounts });
  const virus = whenMessage(answer(REFUSAL), { where: isVirus });
  const silence = when('APPEND', hang(), { account: 'bob', where: () => hangs });
  destination = await startImapServer({ accounts, fault: script(silence, virus) });
  for (const user of USERS) {
    const inbox = source.accounts.get(user).folder('INBOX');
    for (const letter of [...letters(10, 'good'), ...letters(3, 'virus'), ...letters(5, 'late')]) inbox.add(letter);
  }
  operator = await Operator.arrive();
});
afterEach(async () => {
  await operator.leave();
  await source.stop();
  await destination.stop();
});

/** The night, and every go at it after. */
async function night(): Promise<Running> {
  const plan = `EmailAddress,UserName,Password,DestinationPassword\n${USERS.map((user) => `${user},${user},pass,pass\n`).join('')}`;
  await operator.file('school.csv', plan);
  const urls = [
    '--source',
    `imaps://127.0.0.1:${source.tlsPort}`,
    '--destination',
    `imaps://127.0.0.1:${destination.tlsPort}`,
  ];
  const trust = ['--source-fingerprint', FINGERPRINT, '--destination-fingerprint', FINGERPRINT];
  return operator.start(['run', 'school.csv', ...urls, ...trust, '--stagger', '0', '--json']);
}
const resumes = () => operator.run(['resume', 'school', '--plan', 'school.csv', '--json']);

/** Runs a command that must do what it says, and reads its one object. */
async function asks<T>(...argv: string[]): Promise<T> {
  const { code, out, err } = await operator.run([...argv, '--json']);
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as T;
}
const decides = (...argv: string[]) =>
  asks<{ readonly preview: DecisionPreview; readonly decision: DecisionEntity | null }>(...argv);
const groups = async (...argv: string[]) =>
  (await asks<{ readonly groups: readonly ErrorGroupEntity[] }>('errors', 'school', ...argv)).groups;
const counts = async () => (await operator.status('school')).batch.counts;
const there = () => USERS.map((user) => mailIn(destination.accounts.get(user), 'INBOX').length);

it('in the morning: looked at, weighed, left out, brought back, tried with a few, and moved after all', async () => {
  const ended = await (await night()).ended;
  expect(ended.code, story(ended)).toBe(3);
  expect(there()).toEqual([15, 15]);
  expect(await groups('--code', 'CANNOT')).toMatchObject([{ messages: 6, mailboxes: 2, standing: 'open' }]);
  expect(await counts()).toMatchObject({ total: 36, copied: 30, failed: 6, skipped: 0 });

  const dry = await decides('retry', 'school', '--code', 'CANNOT', '--dry-run');
  expect(dry).toMatchObject({ preview: { uids: 6, mailboxes: 2 }, decision: null });
  const skip = await decides('skip', 'school', '--code', 'CANNOT', '--mailbox', 'ann', '--why', 'viruses');
  expect(skip).toMatchObject({ preview: { uids: 3, mailboxes: 1 }, decision: { id: 1, uids: 3, undoable: true } });
  expect(await counts()).toMatchObject({ copied: 30, failed: 3, skipped: 3 });
  const skipped = await resumes();
  expect(skipped.code, story(skipped)).toBe(3);
  expect(await groups('--code', 'CANNOT')).toMatchObject([{ messages: 3, skipped: 3 }]);
  expect(await counts()).toMatchObject({ copied: 30, failed: 3, skipped: 3, left: 0 });

  await asks('undo', 'school', '1');
  expect(await counts()).toMatchObject({ failed: 6, skipped: 0 });
  const few = await decides('retry', 'school', '--code', 'CANNOT', '--first', '2');
  expect(few).toMatchObject({ preview: { firstCount: 2, uids: 6 }, decision: { id: 3 } });
  // One of each mailbox is tried, and refused again: the others are left in peace.
  const attempts = async () => (await groups('--code', 'CANNOT'))[0]?.entries.map((one) => one.attempts);
  const before = await attempts();
  const refused = await resumes();
  expect(refused.code, story(refused)).toBe(3);
  expect(await counts()).toMatchObject({ copied: 30, failed: 6, skipped: 0 });
  expect(Math.max(...((await attempts()) ?? []))).toBe(Math.max(...(before ?? [])) + 1);
  const decisions = await asks<{ readonly decisions: readonly DecisionEntity[] }>('decisions', 'school');
  expect(decisions.decisions[0]).toMatchObject({ id: 3, standing: 'the first were refused again: the rest stays' });

  refuses = false;
  await decides('retry', 'school', '--code', 'CANNOT', '--first', '2');
  const passed = await resumes();
  expect(passed.code, story(passed)).toBe(0);
  expect(there()).toEqual([18, 18]);
  expect(await groups()).toEqual([]);
  expect(await counts()).toMatchObject({ total: 36, copied: 36, failed: 0, skipped: 0, left: 0 });
});

it('ends in 0 when all that failed was left out, and says in one line what it cannot do', async () => {
  expect((await (await night()).ended).code).toBe(3);
  expect(await operator.run(['skip', 'school', '--code', 'CANNOT', '--why', 'viruses'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(
      /^skip 6 messages of CANNOT in 2 mailboxes: viruses \(decision 1; undo: nightferry undo school 1 --state \S+\)\n$/,
    ),
    err: '',
  });
  const resumed = await resumes();
  expect(resumed.code, story(resumed)).toBe(0);
  expect(there()).toEqual([15, 15]);
  const refused = await operator.run(['retry', 'school']);
  expect(refused).toMatchObject({ code: 0, out: 'nothing to do: nothing of this is open in school\n' });
  const wrong = await operator.run(['skip', 'school', '--code', 'CANNOT']);
  expect([wrong.code, wrong.out]).toEqual([2, '']);
  expect(wrong.err).toMatch(/^nightferry: required option '--why <text>' not specified; see nightferry skip --help\n$/);
});

it('during the night: the engine does it, durable before it says so', async () => {
  hangs = true;
  const running = await night();
  await expect
    .poll(async () => (await groups('--mailbox', 'ann').catch(() => []))[0]?.messages, { timeout: 20_000 })
    .toBe(3);
  const argv = ['skip', 'school', '--mailbox', 'ann', '--folder', 'INBOX', '--uid', '11:12'];
  const dry = await decides(...argv, '--why', 'viruses', '--dry-run');
  const done = await decides(...argv, '--why', 'viruses');
  expect(done.preview).toEqual(dry.preview);
  expect(done).toMatchObject({ preview: { uids: 2, mailboxes: 1 }, decision: { id: 1, uids: 2, mailboxes: 1 } });
  expect(await counts()).toMatchObject({ skipped: 2, failed: 1 });
  await asks('undo', 'school', '1');
  expect(await counts()).toMatchObject({ skipped: 0, failed: 3 });
  const refused = await operator.run(['undo', 'school', '1']);
  expect(refused).toMatchObject({ code: 2, out: '' });
  expect(refused.err).toMatch(
    /^nightferry: the engine of school says: decision 1 cannot be undone any more: undone\n$/,
  );
  await decides(...argv, '--why', 'viruses');
  expect(await groups('--mailbox', 'ann')).toMatchObject([{ messages: 1, skipped: 2 }]);

  running.kill('SIGKILL');
  await running.ended;
  expect(await groups('--mailbox', 'ann')).toMatchObject([{ messages: 1, skipped: 2 }]);
  const skips = { skipped: 2, failed: 1 };
  expect((await operator.status('school')).mailboxes[0]).toMatchObject({ email: 'ann', counts: skips, errors: 1 });
});

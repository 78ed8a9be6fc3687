import { readFile } from 'node:fs/promises';
import { expect, it, onTestFinished } from 'vitest';
import { GMAIL, type ImapServer, startImapServer } from '../../demo/server/index.js';
import { letter } from '../support/odd-mail.js';
import { AnOperator } from './an-operator.js';

/** An account of Gmail with labels, and an empty one beside it. */
async function servers(
  labelled: Readonly<Record<string, readonly number[]>>,
): Promise<readonly [ImapServer, ImapServer]> {
  const accounts = { ann: { password: 'pass' } };
  const both = [await startImapServer({ ...GMAIL, accounts }), await startImapServer({ accounts })] as const;
  onTestFinished(async () => {
    for (const server of both) await server.stop();
  });
  const account = both[0].accounts.get('ann');
  for (const [path, messages] of Object.entries(labelled))
    for (const n of messages) (account.find(path) ?? account.addFolder(path)).add(letter(`gm-${n}`));
  return both;
}

it('counts a message of several labels once, and says what that spares', async () => {
  const [source, destination] = await servers({ INBOX: [1, 2, 3, 4], Work: [2, 3, 4, 5], 'Work/Paid': [4] });
  const operator = await AnOperator.atWork();
  onTestFinished(() => operator.goesHome());
  await operator.writes('school.csv', 'EmailAddress,UserName,Password,DestinationPassword\nann,ann,pass,pass\n');
  const url = ({ port }: ImapServer) => `imap://127.0.0.1:${port}`;
  const between = ['--source', url(source), '--destination', url(destination), '--insecure-plaintext'];

  expect(await operator.runs('check', `${operator.dir}/school.csv`, ...between, '--json')).toBe(0);

  const found = operator.out.lines.map((line) => JSON.parse(line));
  const [spared, ...more] = found.filter(({ kind }) => kind === 'labels-once');
  // 14 messages in all folders with All Mail, of which 5 are different ones.
  expect(spared).toMatchObject({ mailbox: 'ann', messages: 9, bytes: 9 * letter('gm-1').raw.length });
  expect(more).toEqual([]);
  const census = JSON.parse(await readFile(`${operator.state}/.census/school/looks.json`, 'utf8'));
  expect(Object.values(census.mailboxes)).toMatchObject([{ messages: 5, bytes: 5 * letter('gm-1').raw.length }]);
});

import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { lastOf, Operator, story } from '../../support/nightferry.js';
import { many, type OddContext, type OddFolders, type OddServer, serve } from '../../support/odd-server.js';

let operator: Operator;
beforeAll(async () => {
  operator = await Operator.arrive();
});
afterAll(() => operator.leave());

function withDeleted(...uids: readonly number[]): OddFolders {
  const INBOX = many(4);
  for (const message of INBOX.messages) if (uids.includes(message.uid)) message.flags = ['\\Seen', '\\Deleted'];
  return { INBOX };
}

/** Expunges what is marked as deleted, by itself, after this command. */
function expunging(command: string): Promise<OddServer> {
  const expunge = (context: OddContext) => {
    const answer = context.normal();
    for (const folder of Object.values(context.folders))
      folder.messages = folder.messages.filter(({ flags }) => !flags.includes('\\Deleted'));
    return answer;
  };
  return serve({ caps: 'UIDPLUS', on: { [command]: expunge } });
}

const numbersIn = ({ folders }: OddServer) =>
  folders.INBOX!.messages.map(({ raw }) => Number(/Subject: message (\d+)/.exec(String(raw))![1])).sort();

describe('what a destination expunges for its \\Deleted', () => {
  it.each([
    ['strip', 'APPEND', [1, 2, 3, 4], { copied: 4, skipped: 0 }],
    ['skip', 'APPEND', [1, 4], { copied: 2, skipped: 2 }],
    ['strip', 'SELECT', [1, 2, 3, 4], { copied: 4, skipped: 0 }],
    ['strip', 'LOGOUT', [1, 2, 3, 4], { copied: 4, skipped: 0 }],
  ] as const)('is offered, and mended by `retry --deleted %s`: after %s', async (how, command, arrived, counts) => {
    const source = await serve({ folders: withDeleted(2, 3) });
    const destination = await expunging(command);
    onTestFinished(() => Promise.all([source.stop(), destination.stop()]).then(() => undefined));
    const name = `expunged-${how}-${command.toLowerCase()}`;
    const urls = [`imap://ann@127.0.0.1:${source.port}`, `imap://ann@127.0.0.1:${destination.port}`];

    const moved = await operator.run(['move', ...urls, '--insecure-plaintext', '--json', '--name', name]);
    expect(moved.code, story(moved)).toBe(3);
    expect(lastOf(moved)).toMatchObject({ counts: { copied: 2, failed: 2, left: 0 } });
    expect((await operator.run(['errors', name])).out).toMatch(/2 messages[\s\S]*--deleted strip[\s\S]*--deleted skip/);

    const retried = await operator.run(['retry', name, '--deleted', how]);
    expect(retried.code, story(retried)).toBe(0);
    expect(retried.out).toMatch(/ 2 (?:UIDs|messages) /);
    const resumed = await operator.run(['resume', name, '--json']);
    expect(resumed.code, story(resumed)).toBe(0);
    expect(lastOf(resumed)).toMatchObject({ errors: 0, counts: { ...counts, failed: 0, left: 0 } });
    expect(numbersIn(destination)).toEqual(arrived);
    const open = (await operator.errors(name)).filter(({ standing }) => standing === 'open');
    expect(open).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareAccounts } from '../../demo/compare.js';
import { type ImapServer, startImapServer } from '../../demo/server/index.js';

describe('the count at both servers', () => {
  let server: ImapServer;
  beforeEach(async () => {
    server = await startImapServer({ listen: 'memory' });
  });
  afterEach(() => server.stop());

  const account = (
    user: string,
    ...mail: readonly (readonly [folder: string, text: string, flags: readonly string[], date: number])[]
  ) => {
    const one = server.accounts.add(user);
    for (const [folder, text, flags, internalDate] of mail) {
      (one.find(folder) ?? one.addFolder(folder)).add({ raw: Buffer.from(text), flags, internalDate });
    }
    return one;
  };

  it.each([
    ['a message that is not there', [], ['INBOX 1'], []],
    [
      'a double',
      [
        ['INBOX', 'a', ['\\Seen'], 1],
        ['INBOX', 'a', ['\\Seen'], 1],
      ],
      [],
      ['INBOX 2'],
    ],
    ['other bytes', [['INBOX', 'b', ['\\Seen'], 1]], ['INBOX 1'], ['INBOX 1']],
    ['a lost flag', [['INBOX', 'a', [], 1]], ['INBOX 1'], ['INBOX 1']],
    ['another date', [['INBOX', 'a', ['\\Seen'], 2]], ['INBOX 1'], ['INBOX 1']],
    ['another folder', [['Sent', 'a', ['\\Seen'], 1]], ['INBOX 1'], ['Sent 1']],
  ] as const)('finds %s', (_, there, missing, extra) => {
    const source = account('old', ['INBOX', 'a', ['\\Seen'], 1]);
    const destination = account('new', ...there);
    expect(compareAccounts(source, destination)).toMatchObject({ missing, extra });
  });

  it('wants two equal messages to stay two', () => {
    const twins: [string, string, string[], number][] = [
      ['INBOX', 'a', [], 1],
      ['INBOX', 'a', [], 1],
    ];
    expect(compareAccounts(account('old', ...twins), account('new', ...twins))).toEqual({
      same: 2,
      missing: [],
      extra: [],
    });
    expect(compareAccounts(account('old', ...twins), account('new', twins[0]!)).missing).toEqual(['INBOX 2']);
  });

  it('leaves out the flags that need not arrive', () => {
    const source = account('old', ['INBOX', 'a', ['\\Seen', '$Forwarded'], 1]);
    const destination = account('new', ['INBOX', 'a', ['\\Seen'], 1]);
    expect(compareAccounts(source, destination).missing).toEqual(['INBOX 1']);
    expect(compareAccounts(source, destination, { counts: (_, flag) => flag !== '$Forwarded' })).toMatchObject({
      same: 1,
      missing: [],
      extra: [],
    });
  });
});

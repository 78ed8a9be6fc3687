import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, type OddContext, type OddSpec } from '../../support/odd-server.js';

const numbers = (n: number) => Array.from({ length: n }, (_, at) => at + 1);
const isReceipt = ({ literals }: OddContext) => literals.some((one) => /X-Receipt/.test(String(one)));

const messages = (n: number, isBad: (uid: number) => boolean) => ({
  INBOX: box(...numbers(n).map((uid) => mail(uid, isBad(uid) ? 'X-Receipt: yes\r\n' : ''))),
});

const refusing = (caps: string, line: string): OddSpec => ({
  caps,
  on: { APPEND: (context) => (isReceipt(context) ? [`%T ${line}`] : undefined) },
});

describe.each([
  ['UIDPLUS', 'BAD Command Argument Error. 11'],
  ['LITERAL+ UIDPLUS', 'BAD Command Argument Error. 11'],
  ['LITERAL+ UIDPLUS MULTIAPPEND', 'BAD Command Argument Error. 11'],
  ['LITERAL+ UIDPLUS MULTIAPPEND', 'NO [CANNOT] This message is malformed'],
])('a destination (%s) that refuses messages one by one (%s)', (caps, line) => {
  it.each<[string, number, (uid: number) => boolean]>([
    ['each second of 200', 200, (uid) => uid % 2 === 0],
    ['100 in a row of 130', 130, (uid) => uid > 20 && uid <= 120],
    ['40 in a row, and others far behind', 400, (uid) => uid > 100 && uid <= 140],
  ])('%s: the good ones arrive, all others are named, nothing is held', async (_, n, isBad) => {
    const bad = numbers(n).filter(isBad);
    const move = await moveBetween({ folders: messages(n, isBad) }, refusing(caps, line));

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(bad.length);
    expect(move.open.reduce((sum, { uids }) => sum + uids.size, 0)).toBe(bad.length);
    expect(move.mailbox.state.kind).not.toBe('held');
  });

  it('is held when it refuses all there are', async () => {
    const move = await moveBetween({ folders: messages(200, () => true) }, refusing(caps, line));

    expect(move.exit).toBe(3);
    expect(move.mailbox.state.kind).toBe('held');
  });
});

describe('a destination that promises MULTIAPPEND and answers BAD to it', () => {
  it('is written to message by message, and none is given up', async () => {
    const move = await moveBetween(
      { folders: messages(250, () => false) },
      {
        caps: 'LITERAL+ UIDPLUS MULTIAPPEND',
        on: { APPEND: ({ literals }) => (literals.length > 1 ? ['%T BAD Too many arguments'] : undefined) },
      },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.open).toEqual([]);
  });
});

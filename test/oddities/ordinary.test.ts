import { describe, expect, it } from 'vitest';
import { moveBetween } from '../support/odd-move.js';
import { arrives, box, mail, three } from '../support/odd-server.js';

describe('a server that is odd in nothing that matters', () => {
  it('is moved whole, and so is what arrives later', async () => {
    const move = await moveBetween(
      { folders: { ...three(), Work: box(mail(4)) } },
      { caps: 'UIDPLUS' },
      {
        steps: ['move', ({ source }) => void arrives(source.folders.INBOX!, mail(9)), 'resume'],
      },
    );

    expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], alien: [], lostFlags: [], changedDates: [] });
    expect(move.open).toEqual([]);
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { total: 5, copied: 5 } });
    expect(move.destination.folders.INBOX!.messages).toHaveLength(4);
  });

  it('is moved whole when each byte comes alone, and messages look like answers', async () => {
    const answers = 'n5 OK done\r\n* BYE x\r\n+ go\r\n* 3 EXISTS\r\n)\r\n{5}\r\nlast {7}';
    const folders = { INBOX: box(mail(1, '', answers), mail(2, 'X-Odd: {5}\r\n', answers), mail(3)) };

    const move = await moveBetween({ folders, writes: 'bytewise' }, { caps: 'LITERAL+ UIDPLUS', writes: 'bytewise' });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });

  it('is quoted for each refusal', async () => {
    const refusesTheSecond = {
      on: {
        APPEND: ({ literal }: { literal: Buffer }) =>
          /message 2/.test(String(literal)) ? ['%T NO bad day'] : undefined,
      },
    };

    const move = await moveBetween({}, refusesTheSecond);

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], doubled: [], alien: [] });
    expect(move.told).toMatch(/^destination INBOX: .*bad day/);
  });
});

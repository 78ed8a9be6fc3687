import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddContext, type OddSpec } from '../../support/odd-server.js';

/** Stores as usual and names whatever UIDs the test says. */
function naming(appendUid: (uid: number, n: number) => string, caps = 'UIDPLUS'): OddSpec {
  let n = 0;
  return {
    caps,
    on: {
      APPEND: (context: OddContext) => {
        const uids = context.appends().map((message) => context.keep(message));
        return [`%T OK [APPENDUID ${appendUid(uids.at(-1) ?? 0, n++)}] done`];
      },
    },
  };
}

/** Keeps one of equal messages, and names its UID for the others. */
const keepsOne: OddSpec = {
  caps: 'UIDPLUS',
  on: {
    APPEND: (context: OddContext) => {
      const same = context.target?.messages.find(({ raw }) => raw.equals(context.literal));
      return [`%T OK [APPENDUID 77 ${same?.uid ?? context.store()}] done`];
    },
  },
};

describe('an APPENDUID that cannot be right', () => {
  it.each([
    ['names one UID for all', () => '77 1'],
    ['names a UID that was given before', (uid: number) => `77 ${uid > 2 ? uid - 2 : uid}`],
    ['names two UIDs for one message', (uid: number) => `77 ${uid}:${uid + 1}`],
    ['names UID 0', () => '77 0'],
    ['names no UID', () => '77'],
    ['names words', () => 'uidvalidity uid'],
    ['names another UIDVALIDITY', (uid: number) => `78 ${uid}`],
    ['jumps to the end of all UIDs', (uid: number) => `77 ${uid === 2 ? 4294967295 : uid}`],
    ['names a UID over the end', () => '77 4294967296'],
  ])('%s: it is noted once, and all is found by reading back', async (_, appendUid) => {
    const move = await moveBetween({ folders: { INBOX: many(5) } }, naming(appendUid), { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], alien: [], open: [] });
    expect(move.mailbox.counts).toMatchObject({ copied: 5, failed: 0, left: 0 });
    const noted = move.notes.filter(({ verdict }) => verdict.rule === 'engine:append-uid');
    expect(noted).toHaveLength(1);
    expect(noted[0]!.sample).toMatch(/APPENDUID cannot be right/);
  });

  it('ends in nothing open where the server appends several at once', async () => {
    const move = await moveBetween(
      { folders: { INBOX: many(40) } },
      naming(() => '77 1', 'UIDPLUS LITERAL+ MULTIAPPEND'),
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [] });
  });

  it('leaves a folder alone that was made anew: its mail is matched afresh', async () => {
    let anew = false;
    const move = await moveBetween(
      { folders: { INBOX: many(3) } },
      {
        caps: 'UIDPLUS',
        on: {
          APPEND: (context: OddContext) => {
            if (!anew && context.target) context.target.uidValidity = 99;
            anew = true;
            return undefined;
          },
        },
      },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [] });
    expect(move.notes).toEqual([]);
    expect(move.said).toMatch(/UIDVALIDITY changed at the destination/);
  });
});

describe('a server that keeps one of equal messages', () => {
  it.each([
    ['behind others', [1, 2, 1]],
    ['side by side', [1, 1, 2]],
    ['three times', [1, 2, 1, 1]],
  ])('%s: all are settled, and it is noted', async (_, numbers) => {
    const folders = { INBOX: box(...numbers.map((number) => mail(number))) };

    const move = await moveBetween({ folders }, keepsOne, { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], alien: [], doubled: [], open: [] });
    expect(move.destination.folders.INBOX!.messages).toHaveLength(2);
    const equals = numbers.filter((number) => number === 1).length;
    expect(move.notes.map(({ sample }) => sample)).toContain(`the destination keeps one of ${equals} equal messages`);
    expect(move.mailbox.counts).toMatchObject({ copied: numbers.length, left: 0, failed: 0 });
  });

  it('is not taken for one that lost a message that is like no other', async () => {
    const loses: OddSpec = {
      caps: 'UIDPLUS',
      on: {
        APPEND: ({ literal }: OddContext) =>
          /message 2/.test(String(literal)) ? ['%T OK [APPENDUID 77 1] done'] : undefined,
      },
    };
    const move = await moveBetween({ folders: { INBOX: many(3) } }, loses);

    expect(move.notes.map(({ sample }) => sample).join()).not.toMatch(/equal messages/);
  });
});

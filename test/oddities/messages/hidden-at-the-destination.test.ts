import { describe, expect, it } from 'vitest';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import { arrives, box, type Item, mail, type OddContext, type Reply } from '../../support/odd-server.js';

const onceEach = { missing: [], doubled: [], alien: [] };
const three = () => ({ INBOX: box(mail(1), mail(2), mail(3)) });
const hasTwo = () => ({ INBOX: box(mail(1), mail(2)) });
const findsNothing: Reply = () => ['%T OK done'];

/** Answers each FETCH that asks for one of these without the row of UID 2. */
const leavesOutWhere =
  (asksFor: (context: OddContext) => boolean): Reply =>
  (context) =>
    asksFor(context) ? context.rows(({ uid }) => (uid === 2 ? 'omit' : undefined)) : undefined;
const oneMore = ({ source }: OddWorld) => void arrives(source.folders.INBOX!, mail(9));

describe('a message that was at the destination before us, and that it leaves out of its lists', () => {
  it.each<[string, RegExp]>([
    ['its size', /RFC822\.SIZE/],
    ['its size, date or flags', /RFC822\.SIZE|INTERNALDATE/],
  ])('is found by its Message-ID where it is left out with %s', async (_, asked) => {
    const on = {
      'UID FETCH': leavesOutWhere((context) => asked.test(context.args) && !context.wants('BODY')),
      'UID SEARCH': findsNothing,
    };
    const move = await moveBetween(
      { folders: three() },
      { folders: hasTwo(), on },
      { steps: ['move', oneMore, 'resume'] },
    );

    expect(move).toMatchObject({ ...onceEach, exits: [0, 0], open: [] });
  });

  it('holds back what it may be where nothing but its UID is told, and stays open until more is told', async () => {
    const world = { hides: true };
    const on = {
      'UID FETCH': leavesOutWhere(({ args }) => world.hides && !/\(UID\)/.test(args)),
      'UID SEARCH': findsNothing,
    };
    const move = await moveBetween(
      { folders: three() },
      { folders: hasTwo(), on },
      { steps: ['move', 'resume', oneMore, 'resume', () => void Object.assign(world, { hides: false }), 'resume'] },
    );

    expect(move).toMatchObject({ ...onceEach, exits: [3, 3, 3, 0], open: [] });
    expect(move.said).toMatch(/UID 2:3 may be there and is not sent again/);
  });

  it('holds nothing back where all of the source is found there', async () => {
    const on = { 'UID FETCH': leavesOutWhere(({ args }) => !/\(UID\)/.test(args)), 'UID SEARCH': findsNothing };
    const folders = { INBOX: box(mail(1), mail(7), mail(2), mail(3)) };
    const move = await moveBetween({ folders: three() }, { folders, on });

    expect(move).toMatchObject({ missing: [], doubled: [], exit: 0, open: [] });
  });

  it('holds all back where a folder that is not empty shows none of its messages, until it does', async () => {
    const world = { hides: true };
    const beyond: Reply = (context) => {
      if (!world.hides) return undefined;
      const far = (text: string) => text.replace(/\bUID (\d+)/, (_, uid) => `UID ${Number(uid) + 5_000_000_000}`);
      const row = (item: Item) => (Buffer.isBuffer(item) ? Buffer.from(far(item.toString('latin1')), 'latin1') : item);
      return context.normal().map(row);
    };
    const move = await moveBetween(
      { folders: three() },
      { caps: 'UIDPLUS', folders: hasTwo(), on: { 'UID FETCH': beyond, 'UID SEARCH': findsNothing } },
      { steps: ['move', () => void Object.assign(world, { hides: false }), 'resume'] },
    );

    expect(move).toMatchObject({ ...onceEach, exits: [3, 0], open: [] });
    expect(move.said).toMatch(/UID 1:3 may be there and is not sent again/);
  });

  it.each([
    ['and SEARCH names them', undefined],
    ['and SEARCH names none', findsNothing],
  ])('holds all back where every row tells the UID and nothing else, %s', async (_, search) => {
    const bare: Reply = (context) =>
      context.wants('BODY')
        ? undefined
        : [...context.uids.map((uid, at) => `* ${at + 1} FETCH (UID ${uid})`), '%T OK done'];
    const on = { 'UID FETCH': bare, ...(search ? { 'UID SEARCH': search } : {}) };
    const move = await moveBetween({ folders: three() }, { caps: 'UIDPLUS', folders: hasTwo(), on });

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.said).toMatch(/UID 1:3 may be there and is not sent again/);
  });
});

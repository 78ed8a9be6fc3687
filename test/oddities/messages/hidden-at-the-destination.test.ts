import { describe, expect, it } from 'vitest';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import { arrives, box, mail, type OddContext, type Reply } from '../../support/odd-server.js';

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
});

import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddContext, type Reply } from '../../support/odd-server.js';

const WHOLE = { missing: [], doubled: [], alien: [], open: [], exit: 0 };
const isList = (context: OddContext) => !context.wants('BODY.PEEK[]') && /:\*/.test(context.args);
/** Leaves a message out of each list, and gives it where it is asked for by its UID. */
const leavesOut =
  (uid: number): Reply =>
  (context) =>
    isList(context) ? context.rows((message) => (message.uid === uid ? 'omit' : undefined)) : undefined;

describe('a destination that leaves a message out of its lists', () => {
  it.each(['', 'UIDPLUS'])('is not given what it holds already a second time: %s', async (caps) => {
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { caps, folders: { INBOX: many(4) }, on: { 'UID FETCH': leavesOut(3) } },
    );
    expect(move).toMatchObject(WHOLE);
    expect(move.mailbox.counts).toMatchObject({ copied: 2, matched: 4 });
  });

  it('is asked in other ways where SEARCH does not name it either', async () => {
    const on = { 'UID FETCH': leavesOut(3), 'UID SEARCH': () => ['%T OK done'] };
    const move = await moveBetween({ folders: { INBOX: many(6) } }, { folders: { INBOX: many(4) }, on });
    expect(move).toMatchObject(WHOLE);
  });

  it('is not given the tail of a broken run a second time', async () => {
    let drops = 1;
    const on = {
      'UID FETCH': leavesOut(2),
      APPEND: (context: OddContext) => {
        if (drops-- <= 0) return undefined;
        context.store();
        return ['* BYE going down'];
      },
    };
    const move = await moveBetween({ folders: { INBOX: many(6) } }, { on });
    expect(move).toMatchObject(WHOLE);
  });

  it('stands open, with its side, where it counts more than anybody can name', async () => {
    const counts: Reply = (context) =>
      context
        .normal()
        .map((item) => (typeof item === 'string' ? item.replace(/^\* (\d+) EXISTS/, '* 9 EXISTS') : item));
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { folders: { INBOX: many(4) }, on: { SELECT: counts } },
    );
    expect(move).toMatchObject({ missing: [], doubled: [], exit: 3 });
    expect(move.told).toMatch(
      /^destination INBOX: the destination counts 9 messages in this folder and lists 4: 5 of them cannot be seen/,
    );
  });

  it('stands open in each later run, until it shows what it counts', async () => {
    let hides = true;
    const on = {
      'UID FETCH': (context: OddContext) =>
        hides ? context.rows(({ uid }) => (uid === 4 ? 'omit' : undefined)) : undefined,
      'UID SEARCH': () => (hides ? ['%T OK done'] : undefined),
    };
    const shows = () => {
      hides = false;
    };
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { caps: 'UIDPLUS', folders: { INBOX: box(mail(1), mail(2), mail(3), mail(80)) }, on },
      { steps: ['move', 'resume', 'resume', shows, 'resume'] },
    );
    expect(move).toMatchObject({ exits: [3, 3, 3, 0], missing: [], doubled: [], open: [] });
  });

  it('is said to hold a message twice, when it shows the one that it hid', async () => {
    let hides = true;
    const on = {
      'UID FETCH': (context: OddContext) =>
        hides ? context.rows(({ uid }) => (uid === 4 ? 'omit' : undefined)) : undefined,
      'UID SEARCH': () => (hides ? ['%T OK done'] : undefined),
    };
    const shows = () => {
      hides = false;
    };
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { caps: 'UIDPLUS', folders: { INBOX: many(4) }, on },
      { steps: ['move', shows, 'resume'] },
    );
    expect(move).toMatchObject({ exits: [3, 3], doubled: [expect.stringMatching(/^message 4 /)] });
    expect(move.told).toMatch(/stand twice at the destination: 1/);
  });
});

import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { type Item, many, type OddContext, type OddSpec, type Reply } from '../../support/odd-server.js';

const WHOLE = { missing: [], doubled: [], alien: [], open: [], exit: 0, lostFlags: [] };
const MOST = 3;

type How = (context: OddContext, some: readonly number[], all: readonly number[]) => readonly Item[];

const rowsOf = (context: OddContext, uids: readonly number[]): Item[] =>
  context.command === 'UID SEARCH'
    ? [`* SEARCH ${uids.join(' ')}`]
    : uids.map((uid) => context.row(context.message(uid)));

/** Answers about the highest few of the messages asked for, and says so in one way or another. */
const limited = (how: How): OddSpec['on'] => {
  const answer: Reply = (context) => {
    const all = context.uids;
    return all.length <= MOST ? undefined : how(context, all.slice(-MOST), all);
  };
  return { 'UID FETCH': answer, 'UID SEARCH': answer };
};

const WAYS: readonly (readonly [string, How])[] = [
  [
    'with OK',
    (context, some) => [
      ...rowsOf(context, some),
      `%T OK [MESSAGELIMIT ${MOST} ${some[0]}] FETCH completed with partial results`,
    ],
  ],
  ['with NO', (context, some) => [...rowsOf(context, some), `%T NO [MESSAGELIMIT ${MOST} ${some[0]}] too many`]],
  [
    'before its answer',
    (context, some) => [...rowsOf(context, some), `* NO [MESSAGELIMIT ${MOST} ${some[0]}] partial`, '%T OK done'],
  ],
  [
    'without the UID that it came to',
    (context, some) => [...rowsOf(context, some), `%T OK [MESSAGELIMIT ${MOST}] partial`],
  ],
  ['without any number', (context, some) => [...rowsOf(context, some), '%T OK [MESSAGELIMIT] partial']],
  ['and handles nothing of it', () => [`%T NO [MESSAGELIMIT ${MOST}] too many messages`]],
  [
    'and works from the lowest UID up',
    (context, _, all) => [
      ...rowsOf(context, all.slice(0, MOST)),
      `%T OK [MESSAGELIMIT ${MOST} ${all[MOST - 1]}] partial`,
    ],
  ],
];

describe('a server that handles three messages a command', () => {
  describe.each(WAYS)('and says so %s', (_how, how) => {
    it.each(['MESSAGELIMIT=3', ''])('is moved whole as a source: %s', async (caps) => {
      const move = await moveBetween(
        { caps, folders: { INBOX: many(20), Work: many(2, 31) }, on: limited(how) },
        { caps: 'UIDPLUS' },
      );
      expect(move).toMatchObject(WHOLE);
    });

    it('is filled whole as a destination, and read back', async () => {
      const folders = { INBOX: many(20) };
      const move = await moveBetween(
        { folders },
        { caps: 'MESSAGELIMIT=3', folders: { INBOX: many(9) }, on: limited(how) },
        { steps: ['move', 'resume'] },
      );
      expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
      expect(move.mailbox.counts).toMatchObject({ copied: 11, matched: 9 });
    });
  });

  it('is appended to in commands of that many', async () => {
    for (const announced of ['MESSAGELIMIT=3', '']) {
      const on: OddSpec['on'] = {
        APPEND: (context) => (context.appends().length > MOST ? [`%T NO [MESSAGELIMIT ${MOST}] too many`] : undefined),
      };
      const caps = `LITERAL+ MULTIAPPEND UIDPLUS ${announced}`;
      const move = await moveBetween({ folders: { INBOX: many(20) } }, { caps, on });
      expect(move).toMatchObject(WHOLE);
    }
  });

  it('is given its flags again in windows', async () => {
    const dropsFlags: Reply = (context) => {
      const uids = context.appends().map((one) => context.keep({ ...one, flags: [] }));
      return [`%T OK [APPENDUID 77 ${uids[0]}:${uids.at(-1)}] done`];
    };
    const stores: Reply = (context) => {
      const some = context.uids.slice(-MOST);
      for (const uid of some) context.message(uid).flags.push('\\Seen');
      return [context.uids.length > MOST ? `%T OK [MESSAGELIMIT ${MOST} ${some[0]}] partial` : '%T OK done'];
    };
    const move = await moveBetween(
      { folders: { INBOX: many(20) } },
      { caps: 'UIDPLUS', on: { APPEND: dropsFlags, 'UID STORE': stores } },
    );
    expect(move).toMatchObject(WHOLE);
  });

  it('is given up where it never does anything', async () => {
    const move = await moveBetween({
      on: { 'UID FETCH': () => ['%T NO [MESSAGELIMIT 1] no'], 'UID SEARCH': () => ['%T NO [MESSAGELIMIT 1] no'] },
    });
    expect(move).toMatchObject({ exit: 3 });
    expect(move.told).toMatch(/^source INBOX: /);
  });
});

describe('rows without message numbers (RFC 9586)', () => {
  it('are read', async () => {
    const uidOnly: Reply = (context) =>
      context
        .normal()
        .map((item) =>
          Buffer.isBuffer(item)
            ? Buffer.from(item.toString('latin1').replace(/^\* \d+ FETCH \(UID (\d+) ?/, '* UIDFETCH $1 ('), 'latin1')
            : item,
        );
    const move = await moveBetween({ on: { 'UID FETCH': uidOnly } }, { caps: 'UIDPLUS', on: { 'UID FETCH': uidOnly } });
    expect(move).toMatchObject(WHOLE);
  });
});

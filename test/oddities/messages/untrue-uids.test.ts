import { describe, expect, it } from 'vitest';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import { arrives, box, DROP, type Item, mail, many, type OddContext, type OddSpec } from '../../support/odd-server.js';

const onceEach = { missing: [], doubled: [], alien: [] };
const oneMore = ({ source }: OddWorld) => void arrives(source.folders.INBOX!, mail(9));
const holdsTwo = () => ({ INBOX: box(mail(1), mail(2)) });

describe('a message that the destination stores and refuses', () => {
  /** Stores message 2, and answers so. */
  const refuses = (answer: string) => (context: OddContext) => {
    if (!/Subject: message 2\r/.test(String(context.literal))) return undefined;
    context.store();
    return [answer];
  };

  it.each(['UIDPLUS', ''])('is found when the folder is read back, and not sent again (%s)', async (caps) => {
    const move = await moveBetween(
      { folders: { INBOX: many(3) } },
      { caps, on: { APPEND: refuses('%T NO internal error') } },
      { steps: ['move', oneMore, 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], ...onceEach, open: [] });
    expect(move.mailbox.counts).toMatchObject({ total: 4, copied: 4, failed: 0, left: 0 });
    expect(move.said).toMatch(/UID 2 stand in the folder after all/);
  });

  it('is found after the run was broken off before the folder was read back', async () => {
    let drops = 2;
    const move = await moveBetween(
      { folders: { INBOX: many(4) } },
      {
        caps: 'UIDPLUS',
        on: {
          APPEND: (context) => {
            if (/Subject: message 4\r/.test(String(context.literal)) && drops-- > 0) return [DROP];
            return refuses('%T NO internal error')(context);
          },
        },
      },
      { steps: ['move', 'resume'] },
    );

    expect(move).toMatchObject({ exit: 0, ...onceEach, open: [] });
  });

  it('is not sent once more without its keywords', async () => {
    const folders = { INBOX: many(3) };
    folders.INBOX.messages[1]!.flags = ['\\Seen', 'Work'];
    const move = await moveBetween(
      { folders },
      { caps: 'UIDPLUS', on: { APPEND: refuses('%T BAD APPEND Unrecognized flag') } },
    );

    expect(move).toMatchObject({ exit: 0, ...onceEach });
  });

  it.each([
    ['all of it', () => true],
    ['a part of it', (n: number) => n < 2],
  ])('is not sent once more where a MULTIAPPEND was refused and %s kept', async (_what, keeps) => {
    let refusals = 1;
    const partly = (context: OddContext): readonly Item[] | undefined => {
      if (context.literals.length < 2 || refusals-- <= 0) return undefined;
      for (const [n, message] of context.appends().entries()) if (keeps(n)) context.keep(message);
      return ['%T NO [CANNOT] one of them is malformed'];
    };
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { caps: 'LITERAL+ MULTIAPPEND UIDPLUS', on: { APPEND: partly } },
      { steps: ['move', 'resume'] },
    );

    expect(refusals).toBeLessThanOrEqual(0);
    expect(move).toMatchObject({ exits: [0, 0], ...onceEach, open: [] });
  });
});

describe('an APPENDUID that names the UID of another message', () => {
  it.each([1, -1, 2])('is found out by reading the folder back: shifted by %i', async (shift) => {
    const move = await moveBetween(
      { folders: { INBOX: many(5) } },
      {
        caps: 'UIDPLUS',
        folders: holdsTwo(),
        on: { APPEND: (context) => [`%T OK [APPENDUID 77 ${context.store() + shift}] done`] },
      },
      { steps: ['move', oneMore, 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], ...onceEach, open: [] });
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { failed: 0, left: 0 } });
    expect(move.notes.map(({ verdict }) => verdict.rule)).toContain('engine:append-uid');
  });
});

describe('a UIDNEXT of the destination that is too high', () => {
  /** STATUS and SELECT add so much to it. */
  const tooHigh = (by: number): OddSpec['on'] => {
    const high = (text: Item) =>
      typeof text === 'string'
        ? text.replace(/UIDNEXT (\d+)/, (_, n) => `UIDNEXT ${Math.min(Number(n) + by, 4294967295)}`)
        : text;
    const answer = (context: OddContext) => context.normal().map(high);
    return { SELECT: answer, EXAMINE: answer, STATUS: answer };
  };

  it.each([
    ['UIDPLUS', 1],
    ['UIDPLUS', 4294967295],
    ['', 1000],
    ['', 4294967295],
  ])('has no message taken for lost (%s, by %i)', async (caps, by) => {
    const move = await moveBetween(
      { folders: { INBOX: many(5) } },
      { caps, folders: holdsTwo(), on: tooHigh(by) },
      { steps: ['move', oneMore, 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], ...onceEach, open: [] });
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { total: 6, failed: 0, left: 0 } });
  });

  it.each(['UIDPLUS', ''])('has no message sent twice after a dropped line (%s)', async (caps) => {
    let drops = 3;
    const move = await moveBetween(
      { folders: { INBOX: many(9) } },
      {
        caps,
        folders: holdsTwo(),
        on: {
          ...tooHigh(1000),
          APPEND: (context) => {
            if (!/Subject: message [579]\r/.test(String(context.literal)) || drops-- <= 0) return undefined;
            context.store();
            return [DROP];
          },
        },
      },
      { steps: ['move', 'resume'] },
    );

    expect(move).toMatchObject({ exit: 0, ...onceEach, open: [] });
  });
});

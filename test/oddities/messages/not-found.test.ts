import { describe, expect, it } from 'vitest';
import { seeded } from '../../../bench/lab/seeded.js';
import { mangled } from '../../support/odd/mangle.js';
import { moveBetween } from '../../support/odd-move.js';
import { arrives, box, DROP, type Item, mail, many, type OddContext } from '../../support/odd-server.js';

const folders = () => ({ INBOX: many(6), Work: box(mail(7), mail(8)), 'Work/Deep': box(mail(9)) });
const onceEach = { missing: [], doubled: [], alien: [] };

/** Answers every FETCH without the row of UID 2. */
const hidesSecond = (context: OddContext) =>
  context
    .normal()
    .filter((item) => !/FETCH \(UID 2[ )]/.test(Buffer.isBuffer(item) ? item.toString('latin1') : String(item)));

describe('a message that was under way when the connection dropped, and that the destination then hides', () => {
  it('is not sent a second time, and the folder stays open until it can be read', async () => {
    let drops = 1;
    let hides = true;
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      {
        on: {
          APPEND: (context): readonly Item[] | undefined => {
            if (!/Subject: message 2\r/.test(String(context.literal)) || drops-- <= 0) return undefined;
            context.store();
            return [DROP];
          },
          'UID FETCH': (context) => (hides ? hidesSecond(context) : undefined),
        },
      },
      {
        steps: [
          'move',
          () => {
            hides = false;
          },
          'resume',
        ],
      },
    );

    expect(move).toMatchObject({ exits: [3, 0], ...onceEach, open: [] });
    expect(move.said).toMatch(/UID 2\S* may be there and is not sent again/);
  });
});

describe('a message that was answered OK and not found when its folder was read back', () => {
  it('is found at once where it stands under another UID than APPENDUID named', async () => {
    const on = mangled('APPEND', 'a number is another', [1, 3], seeded(792580127));
    const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS', on }, { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], ...onceEach, open: [] });
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { left: 0, failed: 0 } });
  });

  it('is found by the next run, and not sent again, where two lists left it out', async () => {
    let lists = 0;
    const omits = (context: OddContext) => (context.wants('BODY') || ++lists > 2 ? undefined : hidesSecond(context));
    const move = await moveBetween(
      { folders: folders() },
      {
        caps: 'UIDPLUS',
        on: { 'UID FETCH': (context) => (context.connection.open === 'INBOX' ? omits(context) : undefined) },
      },
      { steps: ['move', 'resume'] },
    );

    expect(move).toMatchObject({ exits: [3, 0], ...onceEach, open: [] });
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { left: 0, failed: 0 } });
  });

  it('is not sent again to a server that never shows it, however often it is tried, and stays open', async () => {
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { caps: 'UIDPLUS', on: { 'UID FETCH': hidesSecond } },
      { steps: ['move', 'resume', 'resume', 'resume'] },
    );

    expect(move).toMatchObject({ exits: [3, 3, 3, 3], ...onceEach });
    expect(move.mailbox.state).toMatchObject({ kind: 'incomplete', left: 1 });
    expect(move.said).toMatch(/UID 2 .*not sent again/);
  });

  it('is not sent again either where the run after it was broken off in the middle', async () => {
    let drops = 1;
    const storesAndDrops = (context: OddContext): readonly Item[] | undefined => {
      if (!/Subject: message 7\r/.test(String(context.literal)) || drops-- <= 0) return undefined;
      context.store();
      return [DROP];
    };
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { caps: 'UIDPLUS', on: { 'UID FETCH': hidesSecond, APPEND: storesAndDrops } },
      { steps: ['move', ({ source }) => void arrives(source.folders.INBOX!, mail(7)), 'resume', 'resume'] },
    );

    expect(drops).toBe(0);
    expect(move).toMatchObject({ exits: [3, 3, 3], ...onceEach });
    expect(move.mailbox.state).toMatchObject({ kind: 'incomplete' });
  });

  it.each([['UIDPLUS'], ['']])('is sent again where it was not stored (capabilities “%s”)', async (caps) => {
    let lies = 1;
    const losesOne = (context: OddContext) => {
      if (context.literal?.toString('latin1').includes('Subject: message 2\r\n') && lies-- > 0) return ['%T OK done'];
      return undefined;
    };
    const move = await moveBetween(
      { folders: { INBOX: many(6) } },
      { caps, on: { APPEND: losesOne } },
      { steps: ['move', 'resume'] },
    );

    expect(move).toMatchObject({ exits: [3, 0], ...onceEach, open: [] });
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { copied: 6, left: 0 } });
  });
});

import { describe, expect, it } from 'vitest';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import { arrives, box, mail, type OddContext, type OddFolders, type Reply, three } from '../../support/odd-server.js';

const whole = { missing: [], doubled: [], alien: [] };
const lists =
  (...rows: readonly string[]): Reply =>
  () => [...rows.map((row) => `* LIST ${row}`), '%T OK LIST'];
const withOne = (name: string): OddFolders => ({ ...three(), [name]: box(mail(4)) });

describe('a folder that LIST does not name', () => {
  it('is opened once more where an earlier pass had copied it, and its new mail arrives', async () => {
    let omits = false;
    const LIST: Reply = (context) =>
      omits && /"\*"|%/.test(context.args) ? ['* LIST () "/" INBOX', '%T OK LIST'] : undefined;
    const hides = ({ source }: OddWorld) => {
      omits = true;
      arrives(source.folders.Archive!, mail(9));
    };
    const move = await moveBetween(
      { folders: withOne('Archive'), on: { LIST } },
      {},
      { steps: ['move', hides, 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], ...whole });
    expect(move.said).toMatch(/LIST omits Archive/);
  });

  it('is gone where it cannot be opened either', async () => {
    const goes = ({ source }: OddWorld) => {
      delete source.folders.Archive;
    };
    const move = await moveBetween({ folders: withOne('Archive') }, {}, { steps: ['move', goes, 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], missing: [], open: [] });
  });

  it('is opened where LSUB names it as one that is not subscribed itself', async () => {
    const on = {
      LIST: lists('() "/" INBOX'),
      LSUB: () => ['* LSUB () "/" INBOX', '* LSUB (\\Noselect) "/" Archive', '%T OK LSUB'],
    };
    expect(await moveBetween({ folders: withOne('Archive'), on })).toMatchObject({ exit: 0, ...whole });
  });

  it('is read from a row of XLIST, by which it answers LIST', async () => {
    const LIST = () => ['* XLIST (\\Inbox) "/" INBOX', '* XLIST () "/" Archive', '%T OK LIST'];
    expect(await moveBetween({ folders: withOne('Archive'), on: { LIST } })).toMatchObject({ exit: 0, ...whole });
  });

  it('is taken from a second namespace of its owner', async () => {
    const on = {
      NAMESPACE: () => ['* NAMESPACE (("" "/")("#mh/" "/")) (("#user/" "/")) NIL', '%T OK NAMESPACE'],
      LIST: ({ args }: OddContext) => [
        ...(/#mh/.test(args) ? ['* LIST () "/" #mh/Old'] : /#user/.test(args) ? ['* LIST () "/" #user/bob/x'] : []),
        '* LIST () "/" INBOX',
        '%T OK LIST',
      ],
    };
    const folders = { ...withOne('#mh/Old'), '#user/bob/x': box() };
    const move = await moveBetween({ folders, on });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(move.said).toMatch(/left out: shared or another user/);
    expect(Object.keys(move.destination.folders)).toEqual(['INBOX', '#mh/Old']);
  });
});

describe('two folders that read alike', () => {
  it.each([
    ['in modified UTF-7 and in UTF-8', 'Entw&APw-rfe', 'Entw\xc3\xbcrfe'],
    ['with a bare & and with one that is escaped', 'R&D', 'R&-D'],
  ])('%s are two folders, in whatever order they are listed', async (_, one, other) => {
    let turned = false;
    const LIST: Reply = (context) => (turned ? context.normal().toReversed().slice(1).concat('%T OK LIST') : undefined);
    const turns = ({ source }: OddWorld) => {
      turned = true;
      arrives(source.folders[one]!, mail(8));
      arrives(source.folders[other]!, mail(9));
    };
    const folders = { ...three(), [one]: box(mail(4)), [other]: box(mail(5), mail(6)) };
    const move = await moveBetween({ folders, on: { LIST } }, {}, { steps: ['move', turns, 'resume', 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0, 0], ...whole });
    expect(move.said).toMatch(/two folders are called .*, written in different bytes/);
    const counts = Object.values(move.destination.folders).map(({ messages }) => messages.length);
    expect(counts.toSorted()).toEqual([2, 3, 3]);
  });
});

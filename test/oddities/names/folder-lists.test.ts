import { describe, expect, it } from 'vitest';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { moveBetween } from '../../support/odd-move.js';
import {
  arrives,
  box,
  DROP,
  mail,
  type OddContext,
  type OddSpec,
  type Reply,
  three,
} from '../../support/odd-server.js';

const lists =
  (...rows: readonly string[]) =>
  () => [...rows.map((row) => `* LIST ${row}`), '%T OK LIST'];
const subscribes =
  (...names: readonly string[]) =>
  () => [...names.map((name) => `* LSUB () "/" ${name}`), '%T OK LSUB'];
const whole = { missing: [], doubled: [], alien: [] };

describe('rows of LIST as servers write them', () => {
  it('moves folders whose names come with blanks and without quotes', async () => {
    const folders = { ...three(), Post: box(), 'Post Alt': box(mail(4)), 'Post (Neu)': box(mail(5)) };
    const on = { LIST: lists('() "/" INBOX', '() "/" Post', '() "/" Post Alt', '() "/" Post (Neu)') };

    const move = await moveBetween({ folders, on });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(Object.keys(move.destination.folders)).toEqual(expect.arrayContaining(['Post Alt', 'Post (Neu)']));
    expect(move.said).toMatch(/breaks the rules of IMAP \(it is not quoted\)/);
  });

  it('finds the spelling under which the server knows a folder', async () => {
    const folders = { ...three(), 'Rot / Blau': box(mail(4)), 'a\\b': box(mail(5)) };
    const on = { LIST: lists('() "|" INBOX', '() "|" "Rot \\/ Blau"', '() "|" "a\\b"') };

    const move = await moveBetween({ folders, on, names: 'strict' });

    expect(move).toMatchObject({ exit: 0, ...whole });
  });

  it('enters unreadable rows once with their text, and closes that entry when they can be read', async () => {
    const folders = { ...three(), Ablage: box(mail(4)), Bauten: box(mail(5)) };
    let rows = ['() "/" INBOX', '() "/" "Ablage', '() Bauten'];
    const on = { LIST: () => lists(...rows)() };
    const mend = () => {
      rows = ['() "/" INBOX', '() "/" "Ablage"', '() "/" Bauten'];
    };

    const first = await moveBetween({ folders, on });
    expect(first).toMatchObject({ exit: 3, doubled: [], missing: [expect.anything(), expect.anything()] });
    expect(first.told).toMatch(/^source -: 2 rows of the folder list could not be read: .*"Ablage .*Bauten/);

    rows = ['() "/" INBOX', '() "/" "Ablage', '() Bauten'];
    const both = await moveBetween({ folders, on }, {}, { steps: ['move', mend, 'resume'] });
    expect(both).toMatchObject({ exits: [3, 0], ...whole, told: '' });
  });

  it('keeps two folders for INBOX apart, and knows one folder under two names', async () => {
    const on = { LIST: lists('() "/" Inbox', '() "/" INBOX') };
    const two = await moveBetween({ folders: { INBOX: box(mail(1)), Inbox: box(mail(2)) }, on, inboxes: 'two' });
    expect(two).toMatchObject({ exit: 0, ...whole });
    expect(two.said).toMatch(/INBOX and Inbox are 2 folders/);

    const one = await moveBetween({ folders: three(), on }, {}, { steps: ['move', 'resume'] });
    expect(one).toMatchObject({ exits: [0, 0], ...whole });
    expect(one.said).toMatch(/Inbox and INBOX are one folder/);
  });

  describe('where a name is listed with its delimiter at the end, too', () => {
    const rows = lists('() "/" INBOX', '(\\HasChildren) "/" Archive', '() "/" Archive/', '() "/" Archive/2020');
    const folders = () => ({ INBOX: box(mail(1)), Archive: box(mail(2), mail(3)), 'Archive/2020': box(mail(4)) });
    const both = { exits: [0, 0], ...whole, open: [] };
    const move = (spec: OddSpec) => moveBetween(spec, {}, { steps: ['move', 'resume'] });

    it('copies the folder once, and notes that the other name is refused', async () => {
      const refuses = ({ name }: OddContext) => (name === 'Archive/' ? ['%T NO no such mailbox'] : undefined);
      const moved = await move({ folders: folders(), on: { LIST: rows, EXAMINE: refuses, STATUS: refuses } });
      expect(moved).toMatchObject(both);
      expect(moved.said).toMatch(/Archive\/ is read as Archive: NO no such mailbox/);
    });

    it('copies it once where both names open it', async () => {
      const nameIn = (name: string) => (name === 'Archive/' ? 'Archive' : name);
      const moved = await move({ folders: folders(), nameIn, on: { LIST: rows } });
      expect(moved).toMatchObject(both);
      expect(moved.said).toMatch(/Archive\/ and Archive are one folder/);
    });

    it('copies both where they are two', async () => {
      const moved = await move({ folders: { ...folders(), 'Archive/': box(mail(5)) }, on: { LIST: rows } });
      expect(moved).toMatchObject(both);
      expect(moved.said).toMatch(/Archive and Archive\/ are 2 folders/);
    });
  });

  it('says which name for INBOX cannot be opened', async () => {
    const refuses = ({ targetName }: OddContext) => (targetName === 'INBOX' ? ['%T NO no INBOX'] : undefined);
    const folders = { INBOX: box(mail(1)), Inbox: box(mail(2)) };
    const on = { LIST: lists('() "/" Inbox', '() "/" INBOX'), EXAMINE: refuses, STATUS: refuses };

    const move = await moveBetween({ folders, on, inboxes: 'two' });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 1/)], doubled: [] });
    expect(adviceText(move.open[0]?.verdict.advice ?? null, 'x')).toMatch(/INBOX as Inbox and INBOX/);
  });
});

describe('folders that LIST omits or marks', () => {
  const folders = () => ({ ...three(), Ablage: box(mail(4)), 'Ablage/2020': box(mail(5)) });

  it.each([
    ['says nothing', ['%T OK LIST']],
    ['is refused', ['%T NO LIST failed']],
  ])('walks the hierarchy where LIST of everything %s', async (_, answer) => {
    const LIST = ({ args }: OddContext) => (/%/.test(args) ? undefined : answer);

    const move = await moveBetween({ folders: folders(), on: { LIST } });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(move.said).toMatch(/listed level by level/);
  });

  it('enters it where a server names no folder at all, and copies INBOX', async () => {
    const move = await moveBetween({ folders: folders(), on: { LIST: () => ['%T OK LIST'] } });

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(2);
    expect(move.told).toMatch(/names no folder, not even INBOX/);
  });

  it('opens what is subscribed and not listed, and then walks for others', async () => {
    const on = {
      LIST: ({ args }: OddContext) => (/%/.test(args) ? undefined : lists('() "/" INBOX')()),
      LSUB: subscribes('INBOX', 'Ablage/2020'),
    };

    const move = await moveBetween({ folders: folders(), on });

    expect(move).toMatchObject({ exit: 0, ...whole });
  });

  it('leaves out a subscription of what is gone, and enters one that cannot be opened', async () => {
    const on = {
      LSUB: subscribes('INBOX', 'Gone', 'Locked'),
      EXAMINE: ({ targetName }: OddContext) => (targetName === 'Locked' ? ['%T NO Permission denied'] : undefined),
    };

    const move = await moveBetween({ on }, {}, { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [3, 3], ...whole });
    expect(move.told).toBe('source Locked: NO Permission denied');
    expect(move.said).toMatch(/left out: subscribed, and no folder any more/);
  });

  it('opens what is called no folder, in each pass', async () => {
    const LIST = lists(
      '() "/" INBOX',
      '(\\NonExistent) "/" Ablage',
      '(\\Noselect \\HasChildren) "/" Leer',
      '() "/" Leer/a',
    );
    const boxes = { ...three(), Ablage: box(mail(4)), 'Leer/a': box(mail(5)) };

    const move = await moveBetween(
      { folders: boxes, on: { LIST } },
      {},
      { steps: ['move', ({ source }) => void arrives(source.folders.Ablage!, mail(9)), 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], ...whole });
    expect(move.destination.folders.Ablage?.messages).toHaveLength(2);
  });

  it('lists the children of a folder that is said to have some', async () => {
    const LIST = ({ args }: OddContext) =>
      /Ablage/.test(args) ? undefined : lists('() "/" INBOX', '(\\HasChildren) "/" Ablage')();

    const move = await moveBetween({ folders: folders(), on: { LIST } });

    expect(move).toMatchObject({ exit: 0, ...whole });
  });

  it('asks an ordinary server nothing more', async () => {
    const move = await moveBetween({ folders: folders() });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(move.source.log.filter((line) => /\b(?:LIST|LSUB) /.test(line))).toHaveLength(2);
  });

  it('names a folder under whose STATUS or EXAMINE the connection drops, and copies the others', async () => {
    const dies: Reply = ({ targetName }) => (targetName === 'Tot' ? [DROP] : undefined);
    const on = { STATUS: dies, EXAMINE: dies, LIST: lists('() "/" INBOX', '(\\Noselect) "/" Tot', '() "/" Ablage') };

    const move = await moveBetween({ folders: { ...three(), Tot: box(mail(8)), Ablage: box(mail(4)) }, on });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 8/)], doubled: [] });
    expect(move.told).toMatch(/^source Tot: /m);
    expect(move.took).toBeLessThan(60_000);
  });

  it('walks where the connection drops under LIST of everything', async () => {
    const LIST: Reply = ({ args }) => (/"\*"/.test(args) ? [DROP] : undefined);

    const move = await moveBetween({ folders: folders(), on: { LIST } });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(move.took).toBeLessThan(60_000);
  });

  it.each([
    ['everything', /./],
    ['a level, where that of everything says nothing', /%/],
  ])('holds a mailbox whose list of %s has no end, and says how much of it came', async (_, which) => {
    const rows = Array.from({ length: 2_000 }, (_row, at) => `* LIST () "/" f${at}`).join('\r\n');
    const LIST: Reply = ({ args }) => [...Array.from({ length: which.test(args) ? 60 : 0 }, () => rows), '%T OK LIST'];

    const move = await moveBetween({ on: { LIST } });

    expect(move).toMatchObject({ exit: 3, mailbox: { state: { kind: 'held' } } });
    expect(move.told).toMatch(/^source -: the list of folders was given up after 100,001 rows/);
    expect(move.destination.log.filter((line) => /CREATE/.test(line))).toEqual([]);
  });
});

describe('an answer to NAMESPACE that nobody can read', () => {
  const answers = (row: string) => ({ NAMESPACE: () => [row, '%T OK NAMESPACE'] });

  it.each(['* NAMESPACE ((INBOX. "."', '* NAMESPACE "" "/" NIL', '* NAMESPACE ((NIL "/")) NIL NIL', '* NAMESPACE'])(
    'is entered with the row itself, and the listing goes on: %s',
    async (row) => {
      const folders = { ...three(), 'Work.Deep': box(mail(4)) };
      const move = await moveBetween({ folders, delimiter: '.', on: answers(row) });

      expect(move).toMatchObject({ exit: 3, ...whole });
      expect(move.open.map(({ command, uids }) => `${command} ${uids}`)).toEqual(['NAMESPACE ']);
      expect(move.told).toContain(row);
      expect(Object.keys(move.destination.folders)).toContain('Work/Deep');
    },
  );

  it('is read where only a backslash in it was not escaped', async () => {
    const folders = { ...three(), 'Work\\Deep': box(mail(4)) };
    const move = await moveBetween({ folders, delimiter: '\\', on: answers('* NAMESPACE (("" "\\")) NIL NIL') });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(Object.keys(move.destination.folders)).toContain('Work/Deep');
  });

  it('is told of the destination', async () => {
    const move = await moveBetween({ folders: three() }, { on: answers('* NAMESPACE ((') });

    expect(move).toMatchObject({ exit: 0, ...whole });
    expect(move.said).toMatch(/destination: the answer to NAMESPACE could not be read: \* NAMESPACE \(\(/);
  });
});

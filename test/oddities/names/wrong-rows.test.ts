import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { arrives, box, mail, type OddSpec, type Reply, three } from '../../support/odd-server.js';

const WHOLE = { missing: [], doubled: [], alien: [], open: [], exit: 0, lostFlags: [] };

const twoOf3 = () => ({ INBOX: box(mail(1), mail(2)) });
const AGAIN = {
  steps: [
    'move' as const,
    ({ source }: { source: { folders: OddSpec['folders'] } }) => void arrives(source.folders!.INBOX!, mail(9)),
    'resume' as const,
  ],
};
const changed =
  (change: (row: string) => string): Reply =>
  (context) =>
    context
      .normal()
      .map((item) => (Buffer.isBuffer(item) ? Buffer.from(change(item.toString('latin1')), 'latin1') : item));
const line =
  (change: (row: string) => string): Reply =>
  (context) =>
    context.normal().map((item) => (typeof item === 'string' ? change(item) : item));

describe('a row that is written otherwise than it should be', () => {
  it('names a folder also with more blanks than one, or tabs', async () => {
    const move = await moveBetween({
      folders: { ...three(), X: box(mail(4)), Y: box(mail(5)) },
      on: { LIST: () => ['* LIST () "/" INBOX', '*  LIST  ()  "/"  X', '*\tLIST () "/" Y', '%T OK LIST'] },
    });
    expect(move).toMatchObject(WHOLE);
  });

  it('is read where tabs part its items, at either side', async () => {
    const tabs = { 'UID FETCH': changed((row) => row.replace(/ (FLAGS|RFC822|INTERNALDATE)/g, '\t$1')) };
    for (const caps of ['', 'UIDPLUS']) {
      const move = await moveBetween({ on: tabs }, { caps, folders: twoOf3(), on: tabs }, AGAIN);
      expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
    }
  });

  it('keeps flags that stand in no brackets', async () => {
    const bare = { 'UID FETCH': changed((row) => row.replace(/FLAGS \(([^)]*)\)/, 'FLAGS $1')) };
    const folders = three();
    folders.INBOX!.messages[1]!.flags.push('\\Answered');
    expect(await moveBetween({ folders, on: bare }, { caps: 'UIDPLUS', on: bare })).toMatchObject(WHOLE);
  });

  it('of STATUS is nobody’s where it names quite another folder', async () => {
    const other: OddSpec['on'] = {
      STATUS: () => ['* STATUS "Other" (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 77)', '%T OK STATUS'],
    };
    const move = await moveBetween({}, { folders: twoOf3(), on: other }, AGAIN);
    expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
  });
});

describe('a next UID that cannot be', () => {
  it.each(['', 'UIDPLUS'])('says nothing of a folder that holds mail (%s)', async (caps) => {
    const always1 = line((text) => text.replace(/UIDNEXT \d+/, 'UIDNEXT 1'));
    const on = { STATUS: always1, SELECT: always1 };
    const move = await moveBetween({}, { caps, folders: twoOf3(), on }, AGAIN);
    expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
  });
});

describe('a destination where more is found than was sent', () => {
  it.each(['', 'UIDPLUS'])('and that stores each message twice is told of (%s)', async (caps) => {
    const move = await moveBetween(
      {},
      {
        caps,
        on: {
          APPEND: (context) => {
            context.store();
            return context.normal();
          },
        },
      },
    );
    expect(move).toMatchObject({ exit: 3, missing: [], alien: [] });
    expect(move.open.map(({ verdict }) => verdict.rule)).toEqual(['engine:double']);
  });

  it('and that calls a full folder empty is opened before anything is sent into it', async () => {
    const empty: Reply = () => ['* STATUS INBOX (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 77)', '%T OK STATUS'];
    const move = await moveBetween({}, { folders: twoOf3(), on: { STATUS: empty } });
    expect(move).toMatchObject({ ...WHOLE, exit: 0 });
  });
});

describe('a server that lists nothing below INBOX', () => {
  it('is asked once for the branch that it announces', async () => {
    const move = await moveBetween({
      delimiter: '.',
      folders: { ...three(), 'INBOX.Archive': box(mail(4)) },
      on: {
        NAMESPACE: () => ['* NAMESPACE (("INBOX." ".")) NIL NIL', '%T OK NAMESPACE'],
        LIST: ({ args }) =>
          /INBOX\./.test(args)
            ? ['* LIST () "." "INBOX.Archive"', '%T OK LIST']
            : ['* LIST () "." "INBOX"', '%T OK LIST'],
      },
    });
    expect(move).toMatchObject(WHOLE);
  });
});

describe('a command that came before its folder was open', () => {
  it.each(['no mailbox selected', 'Command not valid in this state: wrong state', '[CLIENTBUG] what'])(
    'is asked again alone: NO %s',
    async (words) => {
      const refused = new Set<number>();
      const move = await moveBetween({
        folders: { ...three(), Later: box(mail(20)) },
        on: {
          'UID FETCH': ({ connection: { number } }) => {
            if (refused.has(number)) return undefined;
            refused.add(number);
            return [`%T NO ${words}`];
          },
        },
      });
      expect(move).toMatchObject(WHOLE);
    },
  );
});

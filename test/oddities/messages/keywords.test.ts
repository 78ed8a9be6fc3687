import { expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { type Item, many, type OddContext, type OddFolders, type OddSpec } from '../../support/odd-server.js';

const SYSTEM = '\\Answered \\Flagged \\Deleted \\Seen \\Draft';

function withKeywords(): OddFolders {
  const folders = { INBOX: many(6) };
  for (const [at, message] of folders.INBOX.messages.entries())
    message.flags = ['\\Seen', ...(at % 2 ? ['NonJunk'] : []), ...(at === 0 ? ['$Forwarded', 'Work'] : [])];
  return folders;
}

const refusesKeywords: OddSpec['on'] = {
  APPEND: ({ args }) => (/NonJunk|Work/.test(args) ? ['%T BAD APPEND Unrecognized flag'] : undefined),
};

it('leaves out the keywords that a folder says it cannot keep, with one note and no refusal', async () => {
  const move = await moveBetween(
    { folders: withKeywords() },
    { permanentFlags: `${SYSTEM} $forwarded`, on: refusesKeywords },
  );

  expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [] });
  expect(move.notes.map(({ sample, uids }) => `${uids} ${sample}`)).toEqual([
    '1:2,4,6 sent without keywords that this folder cannot keep (4 messages): NonJunk Work',
  ]);
  expect(move.destination.log.filter((line) => /^#\d+ APPEND/.test(line))).toHaveLength(6);
  expect(move.destination.folders.INBOX?.messages.filter(({ flags }) => flags.includes('$Forwarded'))).toHaveLength(1);
});

it('never leaves out a system flag, whatever SELECT says of it', async () => {
  const move = await moveBetween({ folders: withKeywords() }, { permanentFlags: '', on: refusesKeywords });

  expect(move.destination.folders.INBOX?.messages.every(({ flags }) => flags.includes('\\Seen'))).toBe(true);
});

it.each<[string, OddSpec]>([
  ['keeps all', {}],
  [
    'does not say which it keeps',
    { on: { SELECT: (context) => context.normal().filter((item) => !/PERMANENTFLAGS/.test(String(item))) } },
  ],
  [
    'says it so that nobody can read it',
    {
      on: {
        SELECT: (context) =>
          context
            .normal()
            .map((item) => (/PERMANENTFLAGS/.test(String(item)) ? '* OK [PERMANENTFLAGS (\\Seen "] ok' : item)),
      },
    },
  ],
])('sends all keywords to a folder that %s', async (_, destination) => {
  const move = await moveBetween({ folders: withKeywords() }, destination);

  expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [], notes: [] });
  expect(move.destination.folders.INBOX?.messages.filter(({ flags }) => flags.includes('NonJunk'))).toHaveLength(3);
});

it('asks no question of a destination that has told already that it keeps all of them', async () => {
  const names = ['INBOX', 'A', 'B', 'C', 'D'];
  const folders = (make: () => OddFolders[string]) => Object.fromEntries(names.map((name) => [name, make()]));
  const empty = () => ({ folders: folders(() => many(0)) });
  const with5 = await moveBetween({ folders: folders(() => withKeywords().INBOX!) }, empty());
  const plain = await moveBetween({ folders: folders(() => many(6)) }, empty());
  const selects = ({ destination: { log } }: typeof with5) => log.filter((line) => /SELECT/.test(line)).length;

  expect(selects(with5)).toBe(selects(plain));
});

it('notes where the source does not tell flags, and the message arrives', async () => {
  const nil = (context: OddContext): readonly Item[] =>
    context
      .normal()
      .map((item) =>
        Buffer.isBuffer(item)
          ? Buffer.from(item.toString('latin1').replace(/FLAGS \([^)]*\)/, 'FLAGS NIL'), 'latin1')
          : item,
      );
  const move = await moveBetween({ on: { 'UID FETCH': nil } }, { caps: 'UIDPLUS' });

  expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [] });
  expect(move.notes.map(({ uids, sample }) => `${uids}: ${sample}`)).toEqual([
    expect.stringMatching(/^1:3: sent without flags: the source did not tell them/),
  ]);
});

import { expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { arrives, mail, many, type OddContext, type OddSpec, three } from '../../support/odd-server.js';

/** The first list of a folder, before any body is asked for. */
const isList = (context: OddContext) => context.args.startsWith('1:*') && context.wants('RFC822.SIZE');

/** The first list has another UID in the row of message 2; all else is as it should be. */
function lists(uid: number): OddSpec {
  let lied = false;
  const on = {
    'UID FETCH': (context: OddContext) => {
      if (!isList(context) || lied) return undefined;
      lied = true;
      return context.rows((message) => (message.uid === 2 ? { uid } : undefined));
    },
  };
  return { folders: three(), on };
}

it.each([4, 17, 4_294_967_295])(
  'a message that the source lists as UID %d is entered, and copied by the next run',
  async (uid) => {
    const first = await moveBetween(lists(uid));
    expect(first).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], doubled: [], alien: [] });
    expect(first.open.map(({ folder, uids }) => `${folder} ${uids}`)).toEqual(['INBOX 2']);

    const both = await moveBetween(lists(uid), {}, { steps: ['move', 'resume'] });
    expect(both).toMatchObject({ exits: [3, 0], missing: [], doubled: [], alien: [], open: [] });
  },
);

it('a message that is deleted at the source in mid-run is no failure, nor is one that arrives', async () => {
  const on = {
    'UID FETCH': (context: OddContext) => {
      if (!isList(context)) return undefined;
      const rows = context.normal();
      context.folder!.messages.splice(1, 1);
      arrives(context.folder!, mail(4));
      return rows;
    },
  };
  const move = await moveBetween({ folders: three(), on });
  expect(move).toMatchObject({ exit: 0, doubled: [], alien: [], open: [] });
  expect(move.mailbox.counts).toMatchObject({ vanished: 1, failed: 0 });
});

it('does not take the bodies of a source that gives each under the UID of the next one', async () => {
  const on = {
    'UID FETCH': (context: OddContext) =>
      context.wants('BODY') ? context.rows(({ uid }) => ({ uid: uid + 1 })) : undefined,
  };
  const move = await moveBetween({ folders: { INBOX: many(5) }, on }, { caps: 'UIDPLUS' });

  expect(move).toMatchObject({ exit: 3, alien: [], doubled: [] });
  expect(move.open.reduce((sum, { uids }) => sum + uids.size, 0)).toBe(5);
  expect(move.told).toMatch(/gives another message for this UID/);
});

import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import {
  box,
  DROP,
  type Item,
  mail,
  many,
  type OddContext,
  type OddFolders,
  type OddSpec,
} from '../../support/odd-server.js';

function withDeleted(): OddFolders {
  const folders = { INBOX: many(4), Later: box(mail(11), mail(12)) };
  for (const folder of Object.values(folders)) folder.messages[1]!.flags = ['\\Seen', '\\Deleted'];
  return folders;
}

/** Expunges what is marked as deleted, by itself, before it answers this command. */
const expunges = (command: string, caps: string): OddSpec => ({
  caps,
  on: {
    [command]: (context: OddContext): readonly Item[] | undefined => {
      for (const folder of Object.values(context.folders))
        folder.messages = folder.messages.filter(({ flags }) => !flags.includes('\\Deleted'));
      return undefined;
    },
  },
});

const logins = (log: readonly string[]) => log.filter((line) => /AUTHENTICATE/.test(line)).length;

describe('what a destination expunges for its \\Deleted when a session has ended', () => {
  it.each([
    ['LOGOUT', 'UIDPLUS'],
    ['LOGOUT', ''],
    ['LOGOUT', 'UIDPLUS MULTIAPPEND LITERAL+'],
    ['STATUS', 'UIDPLUS'],
  ])('is an open failure in the same run: with %s (%s)', async (command, caps) => {
    const move = await moveBetween({ folders: withDeleted() }, expunges(command, caps));

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(2);
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`).toSorted()).toEqual(['INBOX 2', 'Later 2']);
    expect(move.told).toMatch(/the destination then expunged it/);
    expect(move.mailbox).toMatchObject({
      state: { kind: 'incomplete' },
      counts: { total: 6, copied: 4, failed: 2, left: 0 },
    });
  });

  it('is found out by the next attempt where the look was broken off', async () => {
    let drops = 1;
    const odd = expunges('LOGOUT', 'UIDPLUS');
    const on = {
      ...odd.on,
      SELECT: ({ connection }: OddContext): readonly Item[] | undefined =>
        connection.number > 3 && drops-- > 0 ? [DROP] : undefined,
    };
    const move = await moveBetween({ folders: withDeleted() }, { ...odd, on });

    expect(drops).toBeLessThan(1);
    expect(move.exit).toBe(3);
    expect(move.open.flatMap(({ uids }) => [...uids])).toEqual([2, 2]);
  });

  it('is looked for where the connection that reads back had the folder open, and where none was sent nobody logs in again', async () => {
    const caps = 'UIDPLUS LITERAL+';
    const kept = await moveBetween({ folders: withDeleted() }, { caps });
    expect(kept).toMatchObject({ exit: 0, missing: [], open: [] });
    expect(kept.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { copied: 6 } });

    const none = await moveBetween({ folders: { INBOX: many(4), Later: many(2, 11) } }, { caps });
    expect(logins(kept.destination.log)).toBe(1 + logins(none.destination.log));
  });
});

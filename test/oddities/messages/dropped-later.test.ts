import { describe, expect, it } from 'vitest';
import type { MemoryDisk } from '../../../src/store/documents/memory-disk.js';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import {
  arrives,
  box,
  DROP,
  type Item,
  mail,
  many,
  type OddContext,
  type OddFolders,
  type OddMessage,
  type OddSpec,
} from '../../support/odd-server.js';

const twoFolders = (): OddFolders => ({ INBOX: many(4), Later: box(mail(11), mail(12), mail(13)) });

/** Drops messages when a session ends that has stored some. */
function dropsAtLogout(caps: string, drops: (message: OddMessage, folder: string) => boolean): OddSpec {
  const stored = new Set<number>();
  return {
    caps,
    on: {
      APPEND: ({ connection }: OddContext): undefined => void stored.add(connection.number),
      LOGOUT: ({ connection, folders }: OddContext): undefined => {
        if (!stored.delete(connection.number)) return;
        for (const [name, folder] of Object.entries(folders))
          folder.messages = folder.messages.filter((message) => !drops(message, name));
      },
    },
  };
}

const isSecond = ({ raw }: OddMessage) => /^Subject: message 1?2\r$/m.test(String(raw));

const CAPS = ['', 'UIDPLUS', 'UIDPLUS LITERAL+', 'UIDPLUS MULTIAPPEND LITERAL+'];

describe('what a destination drops when the session ends that stored it', () => {
  it.each(CAPS)('is an open failure in the same run (%s)', async (caps) => {
    const move = await moveBetween({ folders: twoFolders() }, dropsAtLogout(caps, isSecond));

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toHaveLength(2);
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`).toSorted()).toEqual(['INBOX 2', 'Later 2']);
    expect(move.told).toMatch(/gone when it was looked for on a later connection/);
    expect(move.mailbox).toMatchObject({
      state: { kind: 'incomplete' },
      counts: { total: 7, copied: 5, failed: 2, left: 0 },
    });
  });

  it.each(CAPS)('is told where it is all of one folder (%s)', async (caps) => {
    const move = await moveBetween(
      { folders: twoFolders() },
      dropsAtLogout(caps, (_, folder) => folder === 'Later'),
    );

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`)).toEqual(['Later 1:3']);
  });

  it('is told where only one connection is let in', async () => {
    const odd = dropsAtLogout('UIDPLUS LITERAL+', isSecond);
    let open = 0;
    const move = await moveBetween(
      { folders: twoFolders() },
      {
        ...odd,
        on: {
          ...odd.on,
          LOGOUT: (context) => {
            open--;
            return odd.on!.LOGOUT!(context);
          },
        },
        onAuth: () => {
          if (open > 0) return ['%T NO [LIMIT] Too many connections'];
          open++;
          return undefined;
        },
      },
    );

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`).toSorted()).toEqual(['INBOX 2', 'Later 2']);
  });

  it('is told where the folder goes with it', async () => {
    const odd = dropsAtLogout('UIDPLUS LITERAL+', () => false);
    const move = await moveBetween(
      { folders: twoFolders() },
      {
        ...odd,
        on: {
          ...odd.on,
          LOGOUT: ({ folders, connection }) => {
            if (connection.open === null) delete folders.Later;
            return undefined;
          },
        },
      },
    );

    expect(move.missing).toHaveLength(3);
    expect(move.exit).toBe(3);
    expect(move.told).toMatch(/Later: .*no such folder/);
  });

  it('is sent again by the next run, and waits for the operator when it is dropped once more', async () => {
    const move = await moveBetween(
      { folders: twoFolders() },
      dropsAtLogout('UIDPLUS LITERAL+', ({ raw }) => /message 2\r/.test(String(raw))),
      { steps: ['move', 'resume', 'resume', 'resume'] },
    );

    expect(move).toMatchObject({ exits: [3, 3, 3, 3], doubled: [], alien: [] });
    const sent = move.destination.log.filter((line) => /APPEND/.test(line)).length;
    expect(sent).toBe(7 + 1);
    expect(move.told).toMatch(/does not keep this message/);
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`)).toEqual(['INBOX 2']);
  });
});

/** kill -9 at the first command of this name: what is written after it is lost. */
function killedAt(command: string, odd: OddSpec) {
  const killed: { disk: MemoryDisk | null; files: ReadonlyMap<string, string> | null } = { disk: null, files: null };
  const on = {
    ...odd.on,
    [command]: (context: OddContext): readonly Item[] | undefined => {
      if (killed.disk) killed.files ??= new Map(killed.disk.files);
      return odd.on?.[command]?.(context);
    },
  };
  const dies = ({ files }: OddWorld): void => {
    files.disk.files.clear();
    for (const [path, text] of killed.files ?? []) files.disk.files.set(path, text);
    killed.disk = null;
  };
  const begins = ({ files }: OddWorld): void => {
    killed.disk = files.disk;
  };
  return { destination: { ...odd, on }, begins, dies };
}

describe('a kill between the OK and the look', () => {
  it.each([
    ['of the folder that is copied', 0],
    // Long enough for the first folder to be noted as done.
    ['of a folder that was done before', 20_000],
  ])('leaves on the disk that there is something to look at: %s', async (_, wait) => {
    const drops = dropsAtLogout('UIDPLUS LITERAL+', isSecond);
    const { destination, begins, dies } = killedAt('LOGOUT', {
      ...drops,
      on: {
        ...drops.on,
        APPEND: (context: OddContext) => {
          drops.on?.APPEND?.(context);
          return wait > 0 && context.targetName === 'Later' ? [{ wait }, ...context.normal()] : undefined;
        },
      },
    });
    const move = await moveBetween({ folders: twoFolders() }, destination, { steps: [begins, 'move', dies, 'resume'] });

    expect(move).toMatchObject({ exits: [3, 3], doubled: [], alien: [] });
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`).toSorted()).toEqual(['INBOX 2', 'Later 2']);
    expect(move.told).toMatch(/gone when it was looked for on a later connection/);
    expect(move.mailbox).toMatchObject({ counts: { total: 7, copied: 5, failed: 2, left: 0 } });
  });

  it('says of what was marked \\Deleted why it is gone', async () => {
    const folders = twoFolders();
    folders.INBOX!.messages[1]!.flags = ['\\Deleted'];
    const { destination, begins, dies } = killedAt('LOGOUT', dropsAtLogout('UIDPLUS LITERAL+', isSecond));
    const move = await moveBetween({ folders }, destination, { steps: [begins, 'move', dies, 'resume'] });

    expect(move.exits).toEqual([3, 3]);
    expect(move.told).toMatch(/INBOX: stored with the flag \\Deleted .* expunged it/);
  });
});

describe('the look on a later connection', () => {
  it('opens folders and asks no more where all is kept, and nothing where nothing was stored', async () => {
    const spec = (): OddSpec => ({ caps: 'UIDPLUS LITERAL+' });
    const move = await moveBetween({ folders: twoFolders() }, spec(), { steps: ['move', 'resume'] });
    expect(move).toMatchObject({ exits: [0, 0], missing: [], open: [] });
    const logouts = move.destination.log.findIndex((line) => /LOGOUT/.test(line));
    const [, ...after] = move.destination.log.slice(logouts);
    expect(after.slice(0, 3).map((line) => line.replace(/^#\d+ /, ''))).toEqual([
      'SELECT "INBOX"',
      'SELECT "Later"',
      'LOGOUT',
    ]);
    const resumed = after.slice(3);
    expect(resumed.filter((line) => /SELECT|UID (?:FETCH|SEARCH)/.test(line))).toEqual([]);
  });

  it('leaves alone what was stored by earlier runs and removed since', async () => {
    const move = await moveBetween(
      { folders: twoFolders() },
      { caps: 'UIDPLUS LITERAL+' },
      {
        steps: [
          'move',
          ({ source, destination }) => {
            destination.folders.INBOX!.messages.splice(1, 1);
            arrives(source.folders.INBOX!, mail(9));
          },
          'resume',
        ],
      },
    );
    expect(move).toMatchObject({ exits: [0, 0], open: [] });
    expect(move.missing).toHaveLength(1);
  });

  it('is made by the next attempt where it was broken off', async () => {
    let drops = 1;
    const odd = dropsAtLogout('UIDPLUS', isSecond);
    const on = {
      ...odd.on,
      SELECT: ({ connection }: OddContext): readonly Item[] | undefined =>
        connection.number > 3 && drops-- > 0 ? [DROP] : undefined,
    };
    const move = await moveBetween({ folders: twoFolders() }, { ...odd, on });

    expect(drops).toBeLessThan(1);
    expect(move.exit).toBe(3);
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`).toSorted()).toEqual(['INBOX 2', 'Later 2']);
  });
});

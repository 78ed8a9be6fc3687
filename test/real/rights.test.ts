import { expect, it } from 'vitest';
import { lastOf, story } from '../support/nightferry.js';
import { type Refused, Refusing, TOOK } from './refusing.js';
import { describeReal } from './world.js';

/** A folder that is refused whole: by which command, and in which words. */
const SHUT: Readonly<Record<string, readonly [command: string, response: string]>> = {
  ReadOnly: ['APPEND', 'NO \\[NOPERM\\] Permission denied'],
  NoInsert: ['APPEND', 'NO \\[NOPERM\\] Permission denied'],
  NoRead: ['STATUS', 'NO \\[NOPERM\\] Permission denied'],
  'NoCreate/Child': ['CREATE', 'NO \\[NOPERM\\] Permission denied'],
  Closed: ['STATUS', "NO Mailbox doesn't exist: Closed"],
};
/** Folders that take all mail and lose a flag of one message, with its UID. */
const LOSES: readonly (readonly [folder: string, uid: string, flag: string])[] = [
  ['NoSeen', '1', '\\Seen'],
  ['NoWrite', '2', '\\Flagged'],
  ['NoWrite', '2', 'Work'],
  ['NoDeleted', '2', '\\Deleted'],
];
/** Folders whose lack costs nothing: they are not listed and found all the same, or take no post. */
const OPEN = ['INBOX', 'Fine', 'NoLookup', 'NoPost', 'NoCreate'];

describeReal('rights that a login lacks in folders of the destination', {}, (world) => {
  const refusing = new Refusing(world);
  const aMailbox = async (folders: readonly string[]): Promise<Refused> => {
    const one = await refusing.mailbox('rights', '@acl');
    for (const folder of folders) await refusing.put(one.user, folder, [400, 500]);
    return one;
  };

  it('to insert, read or create: each such folder is entered, all others arrive, and it when the right is given', async () => {
    const folders = [...OPEN, ...Object.keys(SHUT)];
    const one = await aMailbox(folders);
    const ended = await refusing.run(one);
    expect(ended.code, story(ended)).toBe(3);
    expect(lastOf(ended, one.to)).toMatchObject({ state: { kind: 'incomplete' }, errors: Object.keys(SHUT).length });
    await refusing.expectNeighbourMoved(one, ended);
    const entered = new Map((await refusing.ledger(one)).map((entry) => [entry.folder, entry]));
    for (const [folder, [command, response]] of Object.entries(SHUT))
      expect(entered.get(folder), folder).toEqual({
        ...{ side: 'destination', command, folder, uids: '' },
        response: expect.stringMatching(`^${response} ${TOOK}`),
        verdict: {
          ...{ kind: 'folder', scope: 'folder', next: 'skip-folder' },
          code: response.includes('NOPERM') ? 'NOPERM' : null,
        },
      });
    expect(entered.size).toBe(Object.keys(SHUT).length);
    const { folders: told } = lastOf(ended, one.to);
    for (const folder of OPEN)
      expect(told.find(({ source }) => source === folder)?.counts, folder).toMatchObject({ copied: 2, left: 0 });
    await refusing.allowAllFolders();
    await refusing.expectMended(one, await refusing.resume(one), 2 * folders.length);
  });

  it('to set flags: the messages are there, and each flag that is not is noted', async () => {
    const one = await aMailbox([...new Set(LOSES.map(([folder]) => folder))]);
    const ended = await refusing.run(one);
    expect(ended.code, story(ended)).toBe(0);
    await refusing.expectNeighbourMoved(one, ended);
    expect(await refusing.ledger(one)).toEqual([]);
    const noted = await refusing.ledger(one, 'settled');
    for (const [folder, uids, flag] of LOSES)
      expect(noted).toContainEqual({
        // SELECT says that a keyword cannot be kept; what becomes of a system flag shows when it is read back.
        ...{ side: 'destination', command: flag.startsWith('\\') ? 'read back' : 'APPEND', folder, uids },
        response: flag.startsWith('\\')
          ? `the destination does not keep the keyword ${flag}`
          : `sent without keywords that this folder cannot keep (1 message): ${flag}`,
        verdict: { kind: 'message-policy', code: null, scope: 'message', next: 'note' },
      });
    expect(noted).toHaveLength(LOSES.length);
    const { findings, identical } = await world.compare(one.user, one.to);
    expect(findings.filter(({ what }) => what !== 'flags')).toEqual([]);
    expect(identical + findings.length).toBe(6);
  });
});

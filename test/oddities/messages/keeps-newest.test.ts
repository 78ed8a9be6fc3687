import { describe, expect, it } from 'vitest';
import { areTheOldest, pushedOut } from '../../../src/engine/copy/losses/keeps-newest.js';
import { UidSet } from '../../../src/store/uid/uid-set.js';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import { arrives, mail, many, type OddContext, type OddSpec } from '../../support/odd-server.js';

/** A quota by count that says nothing: the oldest go when newer ones come. */
function keepsTheNewest(most: number, caps: string): OddSpec {
  return {
    caps,
    on: {
      APPEND: (context: OddContext) => {
        const answer = context.normal();
        context.target?.messages.splice(0, context.target.messages.length - most);
        return answer;
      },
    },
  };
}

const appends = (log: readonly string[]) => log.filter((line) => /APPEND/.test(line)).length;

describe('a destination that keeps the newest messages of a folder only', () => {
  it('is known by it in the first run, and gets nothing again without an order', async () => {
    const move = await moveBetween({ folders: { INBOX: many(10) } }, keepsTheNewest(4, 'UIDPLUS LITERAL+'), {
      steps: ['move', 'resume', 'resume'],
    });

    expect(move).toMatchObject({ exits: [3, 3, 3], doubled: [], alien: [] });
    expect(move.missing).toHaveLength(6);
    expect(move.told).toMatch(/keeps the newest 4 messages of this folder and drops the oldest without a word/);
    expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['1:6']);
    expect(move.mailbox.counts).toMatchObject({ total: 10, copied: 4, failed: 6, left: 0 });
    expect(appends(move.destination.log)).toBe(10);
  });

  it.each(['', 'UIDPLUS', 'UIDPLUS MULTIAPPEND LITERAL+'])(
    'ends with each message accounted for (%s)',
    async (caps) => {
      const move = await moveBetween({ folders: { INBOX: many(10) } }, keepsTheNewest(4, caps), {
        steps: ['move', 'resume', 'resume', 'resume', 'resume'],
      });

      expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
      expect(move.mailbox.counts).toMatchObject({ copied: 4, failed: 6, left: 0 });
      expect(move.missing).toHaveLength(6);
      const sent = move.destination.log.map((line, at) => (/APPEND/.test(line) ? at : 0));
      const logouts = move.destination.log.flatMap((line, at) => (/LOGOUT/.test(line) ? [at] : []));
      // Nothing in the last run.
      expect(Math.max(...sent)).toBeLessThan(logouts.at(-4)!);
    },
  );

  it('is found out where a later run pushes out what an earlier one stored', async () => {
    const fills = ({ source }: OddWorld) => {
      for (const n of [7, 8]) arrives(source.folders.INBOX!, mail(n));
    };
    const move = await moveBetween({ folders: { INBOX: many(4) } }, keepsTheNewest(5, 'UIDPLUS LITERAL+'), {
      steps: ['move', fills, 'resume', 'resume'],
    });

    expect(move).toMatchObject({ exits: [0, 3, 3], doubled: [], alien: [] });
    expect(move.missing).toHaveLength(1);
    expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['1']);
    expect(move.told).toMatch(/keeps the newest 5 messages/);
  });

  it('is not suspected where an owner removed the oldest before the run', async () => {
    const removes = ({ source, destination }: OddWorld) => {
      destination.folders.INBOX!.messages.splice(0, 2);
      arrives(source.folders.INBOX!, mail(9));
    };
    const move = await moveBetween(
      { folders: { INBOX: many(4) } },
      { caps: 'UIDPLUS LITERAL+' },
      {
        steps: ['move', removes, 'resume'],
      },
    );

    expect(move).toMatchObject({ exits: [0, 0], open: [] });
  });
});

describe('messages that are gone', () => {
  const set = (text: string) => UidSet.parse(text);

  it.each([
    ['1:3', '4:9', 6, true],
    ['1:3', '4:9', 7, false],
    ['1', '4:9', 6, false],
    ['1:3,6', '4:5,7', 3, false],
    ['1:3', '', 0, false],
    ['1:3', '4:9', null, false],
  ])('%s where %s is there, of %s: the oldest, %s', (gone, there, exists, expected) => {
    expect(areTheOldest(set(gone), { there: set(there), exists })).toBe(expected);
  });

  it.each([
    ['1:3', '4:9', 2, '2:3'],
    ['1:3', '4:9', 4, ''],
    ['1:3,6', '4:5,7', 3, '1:3'],
    ['6', '4:5,7', 1, ''],
    ['1:3', '4:9', 0, ''],
  ])('%s where %s is there, %s in this run: pushed out %s', (gone, there, count, expected) => {
    expect(String(pushedOut(set(gone), set(there), count))).toBe(expected);
  });
});

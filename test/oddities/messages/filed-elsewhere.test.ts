import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddContext, type OddFolders, type OddSpec } from '../../support/odd-server.js';

/** A filter at the destination files some of what is stored in INBOX in another folder. */
function files(caps: string, folder: string, folders: OddFolders = { INBOX: box(), [folder]: box(mail(50)) }): OddSpec {
  return {
    caps,
    folders,
    on: {
      APPEND: (context: OddContext) => {
        if (context.targetName !== 'INBOX' || !/^Subject: message [24]\r$/m.test(String(context.literal)))
          return undefined;
        context.folders[folder] ??= box();
        const uid = context.folders.INBOX!.uidNext++;
        context.store({ folder });
        return [/UIDPLUS/.test(caps) ? `%T OK [APPENDUID 77 ${uid}] done` : '%T OK done'];
      },
    },
  };
}

const appends = (log: readonly string[]) => log.filter((line) => /APPEND/.test(line)).length;

describe('a destination that files messages in another folder', () => {
  it.each(['', 'UIDPLUS', 'UIDPLUS LITERAL+'])(
    'is said to, and is sent them again by order only (%s)',
    async (caps) => {
      const move = await moveBetween({ folders: { INBOX: many(5) } }, files(caps, 'Junk'), {
        steps: ['move', 'resume', 'resume'],
      });

      expect(move).toMatchObject({ exits: [3, 3, 3], missing: [], doubled: [] });
      expect(move.told).toBe('destination INBOX: arrived in Junk instead of INBOX: the destination filed it there');
      expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['2,4']);
      expect(move.mailbox.counts).toMatchObject({ total: 5, copied: 3, failed: 2, left: 0 });
      expect(appends(move.destination.log)).toBe(5);
    },
  );

  it('is found out where that folder is made for it, and where mail of the source goes there, too', async () => {
    const made = await moveBetween(
      { folders: { INBOX: many(5) } },
      files('UIDPLUS LITERAL+', 'Spam', { INBOX: box() }),
    );
    expect(made.told).toMatch(/arrived in Spam instead of INBOX/);

    const folders = { INBOX: many(5), Junk: box(mail(11), mail(12)) };
    const shared = await moveBetween({ folders }, files('UIDPLUS LITERAL+', 'Junk', { INBOX: box(), Junk: box() }));
    expect(shared).toMatchObject({ exit: 3, missing: [], doubled: [], alien: [] });
    expect(shared.open.map(({ folder, uids }) => `${folder} ${uids}`)).toEqual(['INBOX 2,4']);
  });
});

import { describe, expect, it } from 'vitest';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { moveBetween } from '../../support/odd-move.js';
import { DROP, many, type OddContext, type OddFolders, type OddSpec } from '../../support/odd-server.js';

function withDeleted(...uids: readonly number[]): OddFolders {
  const INBOX = many(4);
  for (const message of INBOX.messages) if (uids.includes(message.uid)) message.flags = ['\\Seen', '\\Deleted'];
  return { INBOX };
}

/** Expunges what is marked as deleted, by itself, after these commands. */
function expunging(...commands: readonly string[]): OddSpec {
  const expunge = (context: OddContext) => {
    const answer = context.normal();
    for (const folder of Object.values(context.folders))
      folder.messages = folder.messages.filter(({ flags }) => !flags.includes('\\Deleted'));
    return answer;
  };
  return { caps: 'UIDPLUS', on: Object.fromEntries(commands.map((command) => [command, expunge])) };
}

describe('messages that the source marks as deleted', () => {
  it('are carried as they are, and counted', async () => {
    const move = await moveBetween({ folders: withDeleted(2, 3) }, { caps: 'UIDPLUS' });

    expect(move).toMatchObject({ exit: 0, missing: [], lostFlags: [], open: [] });
    expect(move.destination.folders.INBOX!.messages.filter(({ flags }) => flags.includes('\\Deleted'))).toHaveLength(2);
    expect(move.said).toMatch(
      /2 messages are marked \\Deleted at the source and are sent with that mark: UID 2:3; --deleted strip .* --deleted skip /,
    );
  });

  it.each([
    ['as they arrive', expunging('APPEND')],
    ['when the folder is opened', expunging('SELECT')],
    ['and gives no UIDs', { ...expunging('APPEND'), caps: '' }],
  ])('fail in the open where the destination expunges them %s', async (_, destination) => {
    const move = await moveBetween({ folders: withDeleted(2) }, destination);

    expect(move.exit).toBe(3);
    expect(move.mailbox.counts).toMatchObject({ copied: 3, failed: 1, left: 0 });
    expect(move.open).toHaveLength(1);
    expect(move.open[0]!.uids.toString()).toBe('2');
    expect(move.open[0]!.sample).toMatch(/flag \\Deleted .* expunged it/);
    expect(adviceText(move.open[0]!.verdict.advice, 'x')).toMatch(/--deleted strip/);
  });

  it('arrive without the mark by --deleted strip, also those that failed for it', async () => {
    const move = await moveBetween({ folders: withDeleted(2) }, expunging('APPEND'), {
      steps: ['move', { resume: { deleted: 'strip' } }],
    });

    expect(move).toMatchObject({ exits: [3, 0], missing: [], open: [] });
    expect(move.mailbox.counts).toMatchObject({ copied: 4, failed: 0 });
    expect(move.notes.map(({ sample }) => sample)).toEqual([expect.stringMatching(/without .*\\Deleted/)]);
  });

  it('are left out by --deleted skip', async () => {
    const move = await moveBetween({ folders: withDeleted(1, 4) }, expunging('APPEND'), {
      options: { deleted: 'skip' },
      steps: ['move', 'resume'],
    });

    expect(move).toMatchObject({ exits: [0, 0], open: [] });
    expect(move.mailbox.counts).toMatchObject({ copied: 2, skipped: 2, failed: 0, left: 0 });
    expect(move.destination.appended).toBe(2);
  });

  it.each([
    ['carry', 2],
    ['strip', 0],
  ] as const)(
    'come back in a later run with --deleted %s, though nothing else has changed',
    async (deleted, marked) => {
      const move = await moveBetween(
        { folders: withDeleted(1, 4) },
        { caps: 'UIDPLUS' },
        {
          options: { deleted: 'skip' },
          steps: ['move', { resume: { deleted } }, { resume: { deleted } }],
        },
      );

      expect(move).toMatchObject({ exits: [0, 0, 0], missing: [], doubled: [], open: [] });
      expect(move.mailbox.counts).toMatchObject({ copied: 4, skipped: 0, left: 0 });
      const { messages } = move.destination.folders.INBOX!;
      expect(messages.filter(({ flags }) => flags.includes('\\Deleted'))).toHaveLength(marked);
      expect(move.destination.appended).toBe(4);
    },
  );

  it('are not marked again by a run that carries, where the run before it stripped them and was broken off', async () => {
    let breaks = true;
    const move = await moveBetween(
      { folders: withDeleted(2, 3) },
      { caps: 'UIDPLUS', on: { 'UID FETCH': () => (breaks ? [DROP] : undefined) } },
      {
        options: { deleted: 'strip' },
        steps: [
          'move',
          () => {
            breaks = false;
          },
          { resume: { deleted: 'carry' } },
        ],
      },
    );

    expect(move).toMatchObject({ exits: [3, 0], missing: [], doubled: [], open: [] });
    const { messages } = move.destination.folders.INBOX!;
    expect(messages.flatMap(({ flags }) => flags)).not.toContain('\\Deleted');
    expect(move.destination.log.join('\n')).not.toMatch(/UID STORE/);
  });
});

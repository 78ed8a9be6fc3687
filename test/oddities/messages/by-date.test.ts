import { describe, expect, it } from 'vitest';
import { optionsOf } from '../../../src/store/batch/options-of.js';
import type { Day } from '../../../src/words/days.js';
import { moveBetween, type OddMoveOptions } from '../../support/odd-move.js';
import { arrives, mail, many, type OddFolders } from '../../support/odd-server.js';

const utc = (day: string): Day => ({ day, zone: 'UTC' });
const ON: Readonly<Record<number, string>> = {
  1: ' 1-Jun-2023 10:00:00 +0000',
  2: '31-Dec-2023 23:30:00 -0100',
  3: ' 1-Jan-2024 00:00:00 +0000',
  4: '31-Dec-2024 23:59:59 +0000',
  5: ' 1-Jan-2025 00:00:00 +0000',
};

function dated(): OddFolders {
  const INBOX = many(5);
  for (const message of INBOX.messages) message.date = ON[message.uid]!;
  return { INBOX };
}

const YEAR_2024 = { since: utc('2024-01-01'), until: utc('2024-12-31') };

/** Moves those folders, as far as they are of that year. */
const moveOf2024 = (steps: OddMoveOptions['steps'] = ['move']) =>
  moveBetween({ folders: dated() }, { caps: 'UIDPLUS' }, { options: YEAR_2024, steps });

describe('a batch of some days', () => {
  it('leaves out what the source received on others, and balances', async () => {
    const move = await moveOf2024();

    expect(move).toMatchObject({ exit: 0, open: [], doubled: [] });
    // The second one is of the new year in UTC, whatever its own zone says.
    expect(move.mailbox).toMatchObject({
      state: { kind: 'synced' },
      counts: { total: 5, copied: 3, outside: 2, skipped: 0, left: 0 },
    });
    expect(move.destination.appended).toBe(3);
    expect(move.said).toContain('3 copied, 2 left out by date');
    expect(move.source.log.filter((line) => line.includes('SEARCH'))).toEqual([]);
  });

  it('agrees with its resumes, which copy what is new of those days alone', async () => {
    const move = await moveOf2024([
      'move',
      'resume',
      ({ source }) => {
        const { INBOX } = source.folders;
        arrives(INBOX!, mail(6), { date: ' 2-Feb-2024 00:00:00 +0000' });
        arrives(INBOX!, mail(7), { date: ' 2-Feb-2025 00:00:00 +0000' });
      },
      'resume',
    ]);

    expect(move).toMatchObject({ exits: [0, 0, 0], open: [], doubled: [] });
    expect(move.mailbox.counts).toMatchObject({ total: 7, copied: 4, outside: 3, left: 0 });
    expect(move.destination.appended).toBe(4);
  });

  it('copies what other days had left out, where the days change and nothing else did', async () => {
    const move = await moveOf2024(['move', { resume: { since: null } }, { resume: { since: null, until: null } }]);

    expect(move).toMatchObject({ exits: [0, 0, 0], missing: [], open: [], doubled: [] });
    expect(move.mailbox.counts).toMatchObject({ total: 5, copied: 5, outside: 0, left: 0 });
    expect(move.destination.appended).toBe(5);
  });

  it('copies a message of which the source tells no date', async () => {
    const folders = dated();
    folders.INBOX!.messages[0]!.date = 'yesterday';
    const move = await moveBetween({ folders }, {}, { options: YEAR_2024 });

    expect(move.mailbox.counts).toMatchObject({ copied: 4, outside: 1, left: 0 });
  });

  it('is as good where the destination was made anew: what is of other days stays left out', async () => {
    const move = await moveOf2024([
      'move',
      ({ destination }) => {
        destination.folders.INBOX!.uidValidity += 1;
        destination.folders.INBOX!.messages = [];
      },
      'resume',
    ]);

    expect(move).toMatchObject({ exits: [0, 0], open: [], doubled: [] });
    expect(move.mailbox.counts).toMatchObject({ total: 5, copied: 3, outside: 2, left: 0 });
  });
});

describe('a row of the plan with options of its own', () => {
  const options = { include: ['A'], exclude: [], map: [], since: null } as never;
  const own = { include: null, exclude: ['B'], map: null, since: utc('2024-01-01') };

  it('has those in the place of the batch’s, and the others as they are', () => {
    expect(optionsOf(options, { own, userRoot: null })).toEqual({
      include: ['A'],
      exclude: ['B'],
      map: [],
      since: utc('2024-01-01'),
      userRoot: null,
    });
    expect(optionsOf(options, { own: null, userRoot: 'r' })).toMatchObject({
      include: ['A'],
      since: null,
      userRoot: 'r',
    });
  });
});

import { describe, expect, it } from 'vitest';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddContext, type OddFolders, type OddSpec } from '../../support/odd-server.js';

/** One message for each date. */
function dated(...dates: readonly string[]): OddFolders {
  const INBOX = many(dates.length);
  dates.forEach((date, at) => {
    INBOX.messages[at]!.date = date;
  });
  return { INBOX };
}

/** Keeps other dates than it is given. */
function keeping(change: (date: Date) => Date): OddSpec {
  return {
    caps: 'UIDPLUS',
    on: {
      APPEND: (context: OddContext) => {
        const given = new Date(context.appends().at(-1)?.date ?? 0);
        const [, day, month, year, time] = change(given).toUTCString().split(' ');
        return [`%T OK [APPENDUID 77 ${context.store({ date: `${day}-${month}-${year} ${time} +0000` })}] done`];
      },
    },
  };
}

const keptDates = (folders: OddFolders) =>
  folders.INBOX!.messages.map(({ date, dateGiven }) => (dateGiven ? date : '-'));

describe('an INTERNALDATE that no grammar allows', () => {
  it.each([
    ['06-Jan-20 10:00:00 +0000', '06-Jan-2020 10:00:00 +0000'],
    ['06-Jan-2020 10:00:00 GMT', '06-Jan-2020 10:00:00 +0000'],
    ['06-Jan-2020 10:00:00 CEST', '06-Jan-2020 10:00:00 +0200'],
    ['06-Jan-2020 10:00:00 +01:00', '06-Jan-2020 10:00:00 +0100'],
    ['06-Jan-2020 10:00:00', '06-Jan-2020 10:00:00 +0000'],
    ['06-Jan-2020 10:00 +0000', '06-Jan-2020 10:00:00 +0000'],
    ['6-January-2020 10:00:00 -0330', '06-Jan-2020 10:00:00 -0330'],
    ['Mon, 6 Jan 2020 10:00:00 +0000 (UTC)', '06-Jan-2020 10:00:00 +0000'],
    ['2020-01-06T10:00:00Z', '06-Jan-2020 10:00:00 +0000'],
    ['Mon Jan  6 10:00:00 2020', '06-Jan-2020 10:00:00 +0000'],
  ])('%s: is read all the same', async (date, kept) => {
    const move = await moveBetween({ folders: dated(date) }, { caps: 'UIDPLUS' }, { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], open: [], notes: [] });
    expect(keptDates(move.destination.folders)).toEqual([kept]);
  });

  it.each([
    '00-Jan-2020 10:00:00 +0000',
    '31-Feb-2020 10:00:00 +0000',
    '06-Jan-12020 10:00:00 +0000',
    '06-Jan-0001 10:00:00 +0000',
    '06-Jan-1899 10:00:00 +0000',
    '06-Jan-2020 25:00:00 +0000',
    'yesterday',
    '',
  ])('%s: gives way to the Date header, and that is noted', async (date) => {
    const move = await moveBetween({ folders: dated(date) }, { caps: 'UIDPLUS' });

    expect(move).toMatchObject({ exit: 0, missing: [], open: [] });
    expect(keptDates(move.destination.folders)).toEqual(['06-Jan-2020 10:01:00 +0000']);
    expect(move.notes.map(({ sample }) => sample)).toEqual([
      'the source gives no usable INTERNALDATE for it: dated by its Date header',
    ]);
  });

  it('gives way to the first Received header where there is one', async () => {
    const received = [
      'Received: from a by b\r\n\tid 1; Tue, 07 Jan 2020 11:22:33\r\n\t+0100 (CET)\r\n',
      'Received: from x by a; Tue, 07 Jan 2020 09:00:00 +0000\r\n',
    ].join('');
    const folders = { INBOX: box(mail(1, received)) };
    folders.INBOX.messages[0]!.date = '';

    const move = await moveBetween({ folders }, { caps: 'UIDPLUS' });

    expect(keptDates(move.destination.folders)).toEqual(['07-Jan-2020 11:22:33 +0100']);
    expect(move.notes[0]!.sample).toMatch(/dated by its first Received header/);
  });

  it.each([
    ['is NIL', (context: OddContext) => context.rows(() => ({ date: 'NIL' }))],
    ['is left out', (context: OddContext) => context.rows(() => ({ date: 'none' }))],
  ])('%s: no message is dated today', async (_, reply) => {
    const source = {
      on: { 'UID FETCH': (context: OddContext) => (context.wants('INTERNALDATE') ? reply(context) : undefined) },
    };
    const move = await moveBetween(source, { caps: 'UIDPLUS' });

    expect(move).toMatchObject({ exit: 0, missing: [], open: [] });
    expect(keptDates(move.destination.folders)).not.toContain('-');
  });

  it('is said where there is no date at all', async () => {
    const raw = Buffer.from('Subject: nothing\r\n\r\nbody\r\n');
    const folders = { INBOX: box(raw) };
    folders.INBOX.messages[0]!.date = '';
    const move = await moveBetween({ folders }, { caps: 'UIDPLUS' });

    expect(keptDates(move.destination.folders)).toEqual(['-']);
    expect(move.notes.map(({ sample }) => sample)).toEqual([
      expect.stringMatching(/^neither the source nor its headers/),
    ]);
  });
});

describe('a destination that keeps other dates', () => {
  const FOLDER = { INBOX: many(50) };
  FOLDER.INBOX.messages.forEach((message, at) => {
    message.date = `${String((at % 28) + 1).padStart(2, '0')}-Jan-20${10 + (at % 9)} 10:00:00 +0000`;
  });
  const later = (minutes: number) => (date: Date) => new Date(date.getTime() + minutes * 60_000);

  it.each([
    [60, 'every date came back 1 h later: '],
    [-330, 'every date came back 5 h 30 min earlier: '],
  ])('by %i minutes: one entry that names the amount and a sample', async (minutes, text) => {
    const move = await moveBetween({ folders: structuredClone(FOLDER) }, keeping(later(minutes)));

    expect(move).toMatchObject({ exit: 0, missing: [], open: [] });
    expect(move.notes).toHaveLength(1);
    expect(move.notes[0]!.sample).toContain(text);
    expect(move.notes[0]!.sample).toMatch(/UID \d+ was sent with 2\d{3}-01-\d\d 10:00:00 UTC and has /);
    expect(move.notes[0]!.uids.size).toBe(50);
    expect(adviceText(move.notes[0]!.verdict.advice, 'x')).toMatch(/source’s dates are right/);
  });

  it('in winter by one hour and in summer by two: still one entry', async () => {
    const summer = (date: Date) => later(date.getUTCFullYear() % 2 ? 60 : 120)(date);
    const move = await moveBetween({ folders: structuredClone(FOLDER) }, keeping(summer));

    expect(move.notes.map(({ sample }) => sample)).toEqual([expect.stringMatching(/came back 1 h later or 2 h later/)]);
  });

  it('all of the time of arrival: that is said', async () => {
    const now = Date.UTC(2026, 10, 29, 12);
    const move = await moveBetween(
      { folders: structuredClone(FOLDER) },
      keeping((date) => new Date(now + date.getUTCDate() * 977)),
    );

    expect(move.notes.map(({ sample }) => sample)).toEqual([
      expect.stringMatching(/^every date was replaced by the time of arrival/),
    ]);
  });
});

describe('INTERNALDATEs that tell when somebody copied the mail', () => {
  function copied(span: number): OddFolders {
    const raws = Array.from({ length: 30 }, (_, at) =>
      Buffer.from(String(mail(at + 1)).replace(/Date: .*/, `Date: Mon, 06 Jan ${2005 + (at % span)} 10:00:00 +0000\r`)),
    );
    const INBOX = box(...raws);
    INBOX.messages.forEach((message, at) => {
      message.date = `03-Mar-2025 10:${String(at).padStart(2, '0')}:00 +0000`;
    });
    return { INBOX };
  }

  it('are pointed out once a folder, with the option to date by header', async () => {
    const move = await moveBetween({ folders: copied(10) }, { caps: 'UIDPLUS' });

    expect(move).toMatchObject({ exit: 0, missing: [], open: [], changedDates: [] });
    expect(move.notes).toHaveLength(1);
    expect(move.notes[0]!.sample).toBe(
      'all 30 messages have INTERNALDATEs within one hour (2025-03-03 10:00 to 10:29 UTC), and headers over years (2005 to 2014)',
    );
    expect(adviceText(move.notes[0]!.verdict.advice, 'x')).toMatch(/--dates header/);
  });

  it('are not pointed out where the headers are as young', async () => {
    const move = await moveBetween({ folders: copied(1) }, { caps: 'UIDPLUS' });

    expect(move.notes).toEqual([]);
  });

  it('give way to the headers by --dates header, once and for all runs', async () => {
    const move = await moveBetween(
      { folders: copied(10) },
      { caps: '' },
      { options: { dates: 'header' }, steps: ['move', 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], open: [] });
    expect(keptDates(move.destination.folders)[3]).toBe('06-Jan-2008 10:00:00 +0000');
    expect(move.notes.map(({ sample }) => sample)).toEqual(['dated by its Date header, as --dates header says']);
  });
});

import { describe, expect, it } from 'vitest';
import { answer, drop, omitRow, when, whenMessage, whenRow } from '../../../demo/server/index.js';
import { failureWord } from '../../../src/commands/output/failure-text.js';
import { aNight, type Night } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail, mailIn } from '../../support/same-mail.js';

const there = (night: Night, folder = 'INBOX') => mailIn(night.destination.account('ann'), folder);
const open = async (night: Night) => (await night.errors()).filter(({ verdict }) => verdict.next !== 'note');
const notes = async (night: Night) => (await night.errors()).filter(({ verdict }) => verdict.next === 'note');
const inbox = (count: number) => ({ mail: () => ({ INBOX: letters(count) }) });
const asksForBodies = ({ items }: { readonly items: readonly string[] }) =>
  items.some((item) => item.startsWith('BODY'));

describe('a message that is not copied', () => {
  it.each([
    'NO [EXPUNGEISSUED] Some of the requested messages no longer exist.',
    'NO [NONEXISTENT] message data file is missing',
  ])('stands open as failed where the source says %s of one that is there', async (line) => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(whenRow(answer(line), { uid: 7, where: asksForBodies }));
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(19);
    expect((await open(night)).map(({ uids, sample }) => `${uids} ${sample}`)).toEqual([`7 ${line}`]);
    expect(night.failures.map(failureWord)).toEqual(['FAILED']);
    expect(night.mailbox('ann')).toMatchObject({ errors: 1, counts: { copied: 19, failed: 1, vanished: 0, left: 0 } });
    night.source.isWell();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('is not said to be tried again where no attempt of this run does', async () => {
    const night = await aNight({ ...inbox(20), destination: { without: ['MULTIAPPEND'] } });
    night.destination.goesWrong(
      whenMessage(answer('NO [SERVERBUG] Internal error occurred.'), { containing: 'letter-7@', times: 1 }),
    );
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(19);
    expect(night.failures.map((failure) => `${failureWord(failure)} ${failure.uids}`)).toEqual(['FAILED 7']);
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('is none where the source goes into repair as it is asked for again: the mailbox waits, and all arrives', async () => {
    const night = await aNight(inbox(20));
    let rows = 0;
    night.source.goesWrong((event) => {
      if (event.at !== 'row' || event.uid !== 7 || !asksForBodies(event)) return undefined;
      rows++;
      if (rows === 1) return answer('NO [EXPUNGEISSUED] Some of the requested messages no longer exist.');
      return rows <= 3 ? answer('NO [UNAVAILABLE] Mailbox is being repaired') : undefined;
    });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(rows).toBeGreaterThan(3);
  });
});

describe('messages that failed before', () => {
  it('are counted as failed until they are taken, however often the pass that tries them breaks off', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(20), Work: letters(5, 'work') }) });
    const virus = (n: number) => whenMessage(answer('NO [CANNOT] Virus'), { containing: `letter-${n}@` });
    night.destination.goesWrong(virus(3), virus(7));
    expect(await night.run()).toBe(3);
    night.source.fill('ann', { INBOX: letters(4, 'new') });
    night.destination.goesWrong(when('APPEND', answer('NO [UNAVAILABLE] Mailbox is being repaired')));
    const running = night.start();
    await night.clock.passes(3 * 60_000);
    expect(night.mailbox('ann')).toMatchObject({ state: { kind: 'backing-off' }, errors: 3 });
    expect(night.mailbox('ann').counts).toMatchObject({ total: 29, copied: 23, failed: 2, left: 4 });
    await running.engine.command({ do: 'stop', how: 'drain', mailbox: null });
    expect(await night.clock.until(running.done)).toBe(4);
    const [inboxOnDisk] = (await night.record()).data.folders;
    expect(inboxOnDisk?.counts).toMatchObject({ total: 24, copied: 18, failed: 2, left: 4 });

    night.destination.goesWrong(virus(7));
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann')).toMatchObject({ errors: 1, counts: { copied: 28, failed: 1, left: 0 } });
    for (const { counts } of night.events.flatMap((event) => (event.type === 'mailbox' ? [event.mailbox] : [])))
      expect(counts.copied + counts.failed + counts.left).toBe(counts.total);
  });
});

describe('a source that leaves a row out', () => {
  it('of every FETCH, while SEARCH lists the message: it is a failure by name, and did not vanish', async () => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(whenRow(omitRow(), { uid: 7 }));
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 19, failed: 1, vanished: 0, left: 0 });
    expect((await open(night)).map(({ uids, verdict }) => `${uids} ${verdict.rule}`)).toEqual(['7 engine:not-given']);
    expect(await night.run()).toBe(3);
    night.source.isWell();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('of one that had failed, as another is deleted: the counts agree, and it is not taken for gone', async () => {
    const night = await aNight(inbox(20));
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused'), { containing: 'letter-7@' }));
    expect(await night.run()).toBe(3);
    night.destination.isWell();
    night.source.account('ann').folder('INBOX').expunge(3);
    night.source.goesWrong(whenRow(omitRow(), { uid: 7, where: ({ items }) => items.includes('RFC822.SIZE') }));
    expect(await night.run()).toBe(0);
    expect(there(night)).toHaveLength(20);
    expect(night.mailbox('ann').counts).toMatchObject({ vanished: 0, failed: 0 });
  });

  it('and refuses SEARCH: a FETCH of UIDs alone finds the message', async () => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(
      whenRow(omitRow(), { uid: 7, where: ({ items }) => items.includes('RFC822.SIZE') }),
      when('UID SEARCH', answer('NO search is off')),
    );
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('of every FETCH, and refuses SEARCH: the folder stands open until it is told', async () => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(whenRow(omitRow(), { uid: 7 }), when('UID SEARCH', answer('NO search is off')));
    expect(await night.run()).toBe(3);
    const [entry, ...more] = await open(night);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ side: 'source', folder: 'INBOX', verdict: { scope: 'folder' } });
    expect(entry!.uids.isEmpty).toBe(true);
    expect(entry!.sample).toContain('lists 19: 1 of them cannot be seen');
    expect(entry!.sample).toContain('NO search is off');
    expect(night.failures.map(failureWord)).toEqual(['FAILED']);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 19, vanished: 0, left: 1 });
    expect(await night.run()).toBe(3);
    night.source.isWell();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await open(night)).toEqual([]);
  });
});

describe('STATUS of the destination', () => {
  const work = {
    mail: () => ({ INBOX: letters(3), Work: letters(20, 'work') }),
    destination: { without: ['LIST-STATUS' as const] },
  };

  it('answered OK without a row is asked by SELECT: the folder is not taken for empty, and nothing is doubled', async () => {
    const night = await aNight(work);
    expect(await night.run()).toBe(0);
    night.loseState();
    night.destination.goesWrong(when('STATUS', answer('OK STATUS completed'), { folder: 'Work' }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await open(night)).toEqual([]);
  });

  it('under another spelling of the name is that folder’s status', async () => {
    const night = await aNight(work);
    expect(await night.run()).toBe(0);
    night.loseState();
    const { uidValidity } = night.destination.account('ann').folder('Work');
    const row = `* STATUS WORK (MESSAGES 20 UIDNEXT 21 UIDVALIDITY ${uidValidity})`;
    night.destination.goesWrong(when('STATUS', answer(row, 'OK done'), { folder: 'Work' }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.mailbox('ann')).toMatchObject({ attempts: 1, counts: { copied: 0, matched: 23 } });
  });

  it('without UIDVALIDITY is not held against the one that APPENDUID tells', async () => {
    const night = await aNight({ ...inbox(30), destination: { without: ['LIST-STATUS'] } });
    night.destination.goesWrong(when('STATUS', answer('* STATUS INBOX (MESSAGES 0 UIDNEXT 1)', 'OK done')));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.mailbox('ann').attempts).toBe(1);
  });
});

describe('a keyword that APPEND refuses', () => {
  const mail = [
    ...letters(12),
    letter('marked', { flags: ['\\Seen', '\\Flagged', 'NonJunk'] }),
    ...letters(12, 'more'),
    letter('last', { flags: ['NonJunk', 'Projekt-X'] }),
  ];
  const refuses = (line: string) => whenMessage(answer(line), { where: ({ flags }) => flags.includes('NonJunk') });

  it.each([
    [{}, 'NO APPEND Invalid flag list'],
    [{ without: ['MULTIAPPEND' as const] }, 'NO [CANNOT] Invalid flag list'],
    [{ without: ['MULTIAPPEND' as const] }, 'NO [LIMIT] Too many keywords'],
    [{ without: ['LITERAL+' as const] }, 'BAD Invalid flag list'],
  ])('costs the keyword and not the message, and that is said %j %s', async (destination, line) => {
    const night = await aNight({ mail: () => ({ INBOX: mail }), destination });
    night.destination.goesWrong(refuses(line));
    expect(await night.run()).toBe(0);
    expect(there(night)).toHaveLength(26);
    const inbox = night.destination.account('ann').folder('INBOX');
    const flags = inbox.messages.map((message) => [...message.flags].sort());
    expect(flags.flat().filter((flag) => !flag.startsWith('\\'))).toEqual([]);
    expect(flags.filter((set) => set.includes('\\Flagged'))).toEqual([['\\Flagged', '\\Seen']]);
    expect((await notes(night)).map(({ sample, uids }) => `${sample.split(' ').at(-1)} ${uids}`).sort()).toEqual([
      'NonJunk 13,26',
      'Projekt-X 26',
    ]);
    expect(await open(night)).toEqual([]);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 26, failed: 0, left: 0 });
  });

  it('leaves the message failed where it is refused without its keywords too, and takes the rest', async () => {
    const night = await aNight({ mail: () => ({ INBOX: mail }) });
    night.destination.goesWrong(whenMessage(answer('NO Invalid flag list'), { containing: 'marked@' }));
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(25);
    expect((await open(night)).map(({ uids }) => uids.toString())).toEqual(['13']);
    expect(await notes(night)).toEqual([]);
  });
});

describe('a connection that drops while mail that was there before is matched', () => {
  const readWhole = (night: Night) =>
    [night.source, night.destination].flatMap((server) =>
      server.sent('UID FETCH').filter(({ args }) => args.includes('BODY.PEEK[]')),
    );

  it.each(['source', 'destination'] as const)(
    'at the %s costs no reading of every body on both sides',
    async (side) => {
      const night = await aNight(inbox(300));
      expect(await night.run()).toBe(0);
      night.loseState();
      night.source.forget();
      night.destination.forget();
      night[side].goesWrong(when('UID FETCH', drop(), { times: 1, where: ({ args }) => args.includes('MESSAGE-ID') }));
      expect(await night.run()).toBe(0);
      expectSameMail(night);
      expect(night.failures).toHaveLength(1);
      expect(readWhole(night)).toEqual([]);
      expect(night.destination.sent('APPEND')).toEqual([]);
    },
  );

  it('at the moment that UIDVALIDITY changed, neither', async () => {
    const night = await aNight(inbox(300));
    expect(await night.run()).toBe(0);
    const account = night.destination.account('ann');
    account.folders.delete('INBOX');
    account.addFolder('INBOX');
    night.destination.fill('ann', { INBOX: letters(300) });
    night.source.forget();
    night.destination.forget();
    night.destination.goesWrong(
      when('UID FETCH', drop(), { times: 1, where: ({ args }) => args.includes('MESSAGE-ID') }),
    );
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(readWhole(night)).toEqual([]);
  });
});

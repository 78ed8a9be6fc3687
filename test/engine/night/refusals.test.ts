import { describe, expect, it } from 'vitest';
import { answer, bye, drop, omitRow, unsolicited, when, whenMessage, whenRow } from '../../../demo/server/index.js';
import { said } from '../../support/a-reason.js';
import { aNight, type Night } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail, mailIn } from '../../support/same-mail.js';

const there = (night: Night, folder = 'INBOX') => mailIn(night.destination.account('ann'), folder);

const open = async (night: Night) => (await night.errors()).filter(({ verdict }) => verdict.next !== 'note');

const inbox = (count: number) => ({ mail: () => ({ INBOX: letters(count) }) });

describe('a batch that is refused', () => {
  it('is halved; the offender alone stands in the error ledger, with its whole response, and the rest goes through', async () => {
    const night = await aNight(inbox(40));
    const line = 'NO [CANNOT] Message 4711 contains a virus (id=XYZ-123)';
    night.destination.goesWrong(whenMessage(answer(line), { containing: 'letter-17@' }));
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(39);
    const [entry, ...more] = await open(night);
    expect(more).toEqual([]);
    expect(entry).toMatchObject({ sample: line, side: 'destination', command: 'APPEND', folder: 'INBOX' });
    expect(entry!.uids.toString()).toBe('17');
    expect(night.mailbox('ann')).toMatchObject({ state: { kind: 'synced' }, counts: { copied: 39, failed: 1 } });
  });

  it.each([{ without: ['MULTIAPPEND' as const] }, { without: ['LITERAL+' as const] }])(
    'also where messages go singly %j',
    async (destination) => {
      const night = await aNight({ ...inbox(40), destination });
      night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused'), { containing: 'letter-17@' }));
      expect(await night.run()).toBe(3);
      expect(there(night)).toHaveLength(39);
      expect((await open(night)).map(({ uids }) => uids.toString())).toEqual(['17']);
    },
  );
});

describe('a destination that is full', () => {
  it('holds the mailbox after five refusals in a row, having stored what still fitted', async () => {
    const mail = [...letters(10), ...letters(30, 'large', { bytes: 5000 })];
    const night = await aNight({ mail: () => ({ INBOX: mail }) });
    night.destination.account('ann').quota = { storageBytes: 9000 };
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state).toMatchObject({ kind: 'held' });
    expect(there(night)).toHaveLength(11);
    const failed = (await open(night)).reduce((sum, { uids }) => sum + uids.size, 0);
    expect(failed).toBe(5);
    night.destination.account('ann').quota = {};
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await open(night)).toEqual([]);
  });
});

describe('a server that speaks another language', () => {
  const SAYS = 'Nachricht abgelehnt für Jürgen: 附件被拒绝';

  it('is shown as it spoke, in a refusal, unasked and as it leaves', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(3) }) });
    night.source.goesWrong(
      when('EXAMINE', bye(SAYS), { times: 1 }),
      when('EXAMINE', unsolicited(`* NO ${SAYS}`), { from: 2 }),
    );
    night.destination.goesWrong(whenMessage(answer(`NO ${SAYS}`), { containing: 'letter-2@' }));
    expect(await night.run()).toBe(3);
    expect(night.failures.map(({ response }) => response)).toEqual([`* BYE ${SAYS}`, `NO ${SAYS}`]);
    expect(night.log.map(({ text }) => text)).toContain(`* NO ${SAYS}`);
  });

  it('is shown as it spoke where it refuses the login', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(3) }) });
    night.source.goesWrong(when('AUTHENTICATE', answer(`NO [AUTHENTICATIONFAILED] ${SAYS}`)));
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state).toMatchObject({ because: said('source', `NO [AUTHENTICATIONFAILED] ${SAYS}`) });
  });
});

describe('a mailbox that is held while another of its folders is under way', () => {
  it('does not say of that folder that it is done', async () => {
    const mail = () => ({ INBOX: letters(30), Work: letters(20, 'work') });
    const night = await aNight({ mail, destination: { without: ['MULTIAPPEND'] } });
    night.destination.account('ann').quota = { messages: 24 };
    expect(await night.run()).toBe(3);
    const ends = night.log.flatMap(({ folder, text }) =>
      /^(?:done|broken off)/.test(text) ? [`${folder} ${text}`] : [],
    );
    expect(ends).toEqual(['Work broken off: 0 copied, 20 left']);
    night.destination.account('ann').quota = {};
    night.events.length = 0;
    expect(await night.run()).toBe(0);
    expect(night.log.map(({ folder, text }) => `${folder} ${text}`)).toEqual(
      expect.arrayContaining(['Work done: 20 copied']),
    );
  });
});

describe('a mailbox that was held and is started by order', () => {
  it('tries again what was refused, in the same run', async () => {
    const mail = [...letters(10), ...letters(30, 'large', { bytes: 5000 })];
    const stagger = { min: 3600, max: 3600 };
    const night = await aNight({ mailboxes: ['ann', 'bob'], mail: () => ({ INBOX: mail }), options: { stagger } });
    night.destination.account('ann').quota = { storageBytes: 9000 };
    const { engine, done } = night.start();
    await night.clock.passes(60_000);
    expect(night.mailbox('ann').state).toMatchObject({ kind: 'held' });
    night.destination.account('ann').quota = {};
    expect(await engine.command({ do: 'start', mailbox: 'ann' })).toEqual({ ok: true });
    expect(await night.clock.until(done)).toBe(0);
    expectSameMail(night);
    expect(await open(night)).toEqual([]);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 40, failed: 0, left: 0 });
  });
});

describe('a policy that refuses everything', () => {
  it('holds the mailbox after 25 messages in a row that the source does not give', async () => {
    const night = await aNight(inbox(200));
    const broken = whenRow(answer('NO [SERVERBUG] Cannot read this message'), {
      where: ({ uid, items }) => uid > 20 && items.some((item) => item.startsWith('BODY')),
    });
    night.source.goesWrong(broken);
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state).toMatchObject({
      kind: 'held',
      because: said('source', 'NO [SERVERBUG] Cannot read this message'),
    });
    const uids = (await open(night)).filter(({ uids }) => !uids.isEmpty);
    expect(uids.map(({ side, command }) => [side, command])).toEqual([['source', 'UID FETCH']]);
    // Chunks are asked for ahead: one of another may be answered when the 25th is.
    expect(uids[0]!.uids.size).toBeGreaterThanOrEqual(25);
    expect(uids[0]!.uids.size).toBeLessThan(30);
    night.source.isWell();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('goes on where every other message is one that the source does not give', async () => {
    const night = await aNight(inbox(80));
    night.source.goesWrong(
      whenRow(omitRow(), { where: ({ uid, items }) => uid % 2 === 0 && items.some((item) => item.startsWith('BODY')) }),
    );
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state).toMatchObject({ kind: 'incomplete', left: 40 });
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 40, failed: 40 });
  });

  it('holds the mailbox after 25 messages in a row', async () => {
    const night = await aNight(inbox(200));
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused by policy')));
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').state.kind).toBe('held');
    const uids = (await open(night)).filter(({ uids }) => !uids.isEmpty);
    expect(uids.map((entry) => entry.uids.size)).toEqual([25]);
    night.destination.isWell();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

describe('a message that is too big', () => {
  it.each([
    ['the server’s APPENDLIMIT', { destination: { appendLimit: 4000 } }, 'the destination'],
    ['--max-size', { options: { maxSize: 4000 } }, '--max-size'],
  ] as const)('for %s is never fetched, and named', async (_, more, whose) => {
    const night = await aNight({ mail: () => ({ INBOX: [letter('small'), letter('big', { bytes: 5000 })] }), ...more });
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(1);
    const bodies = night.source.sent('UID FETCH').filter(({ args }) => args.includes('BODY.PEEK[]'));
    expect(bodies.map(({ uids }) => uids)).toEqual(['1']);
    const [entry] = await open(night);
    expect(entry).toMatchObject({ code: 'TOOBIG', folder: 'INBOX' });
    expect(entry!.sample).toContain(`4000 bytes of ${whose}`);
  });

  it('for its folder’s APPENDLIMIT is never fetched', async () => {
    const night = await aNight({
      mail: () => ({ Work: [letter('small'), letter('big', { bytes: 5000 })] }),
      destination: { appendLimit: 100_000 },
    });
    night.destination.account('ann').addFolder('Work', { appendLimit: 4000 });
    expect(await night.run()).toBe(3);
    expect(there(night, 'Work')).toHaveLength(1);
    expect((await open(night)).map(({ code, uids }) => `${code} ${uids}`)).toEqual(['TOOBIG 2']);
  });

  it('for a server that only says so when it is sent, is entered with what it said', async () => {
    const night = await aNight({
      mail: () => ({ INBOX: [...letters(5), letter('big', { bytes: 5000 }), letter('last')] }),
      destination: { maxMessageBytes: 4000 },
    });
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(6);
    expect((await open(night)).map(({ code, uids }) => `${code} ${uids}`)).toEqual(['TOOBIG 6']);
  });
});

describe('BAD in the middle of a batch', () => {
  it('drops the line, sends the message alone with a waiting literal, and doubles nothing', async () => {
    const night = await aNight(inbox(60));
    night.destination.goesWrong(
      when('APPEND', answer('BAD Error in IMAP command APPEND: Invalid internal date'), { times: 1 }),
    );
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    const alone = night.destination.server.commandLog.filter((line) => /APPEND .*\{\d+\}/.test(line));
    expect(alone.length).toBeGreaterThan(0);
    expect(alone.every((line) => !line.includes('+}'))).toBe(true);
  });

  it('for one message each time, leaves that message in the error ledger and takes the rest', async () => {
    const night = await aNight(inbox(12));
    night.destination.goesWrong(whenMessage(answer('BAD Error in IMAP command APPEND'), { containing: 'letter-5@' }));
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(11);
    expect((await open(night)).map(({ uids }) => uids.toString())).toEqual(['5']);
  });
});

describe('a message that drops the line each time', () => {
  it.each([{}, { without: ['UIDPLUS' as const] }])(
    'is given up after three drops, and the rest goes through %j',
    async (destination) => {
      const night = await aNight({ ...inbox(30), destination });
      night.destination.goesWrong(whenMessage(drop(), { containing: 'letter-9@' }));
      expect(await night.run()).toBe(3);
      expect(there(night)).toHaveLength(29);
      const given = (await open(night)).filter(({ uids }) => !uids.isEmpty);
      expect(given.map(({ uids, verdict }) => `${uids} ${verdict.rule}`)).toEqual(['9 engine:line-drops']);
      const drops = night.failures.filter(({ command }) => command === 'connection');
      expect(drops.length).toBeLessThanOrEqual(3);
    },
  );
});

describe('a message that vanishes at the source', () => {
  it('while it is copied, is counted as vanished and not as lost', async () => {
    const night = await aNight(inbox(300));
    let once = true;
    night.source.watch((event) => {
      if (event.at !== 'command' || event.command !== 'UID FETCH' || !event.args.includes('BODY.PEEK[]') || !once)
        return;
      once = false;
      night.source.account('ann').folder('INBOX').expunge(150, 299);
    });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(night.mailbox('ann').counts).toMatchObject({ vanished: 2, copied: 298, failed: 0, left: 0 });
  });

  it('after it had failed, leaves no error behind', async () => {
    const night = await aNight(inbox(5));
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused'), { containing: 'letter-3@' }));
    expect(await night.run()).toBe(3);
    night.source.account('ann').folder('INBOX').expunge(3);
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

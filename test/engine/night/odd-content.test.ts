import { describe, expect, it } from 'vitest';
import { answer, garbleRow, omitRow, unsolicited, when, whenRow } from '../../../demo/server/index.js';
import { aNight, type Night } from '../../support/night.js';
import { letter, letters, ODD_MESSAGES } from '../../support/odd-mail.js';
import { expectSameMail, mailIn } from '../../support/same-mail.js';

const there = (night: Night, folder = 'INBOX') => mailIn(night.destination.account('ann'), folder);

const open = async (night: Night) => (await night.errors()).filter(({ verdict }) => verdict.next !== 'note');

const notes = async (night: Night) => (await night.errors()).filter(({ verdict }) => verdict.next === 'note');

const inbox = (count: number) => ({ mail: () => ({ INBOX: letters(count) }) });

describe('rows that are not as they should be', () => {
  it.each([
    ['left out', omitRow()],
    ['without UID', garbleRow('no-uid')],
    ['without body', garbleRow('no-body')],
    ['broken', garbleRow('broken')],
    ['with one beside it that nobody asked for', unsolicited('* 1 FETCH (FLAGS (\\Answered))')],
  ] as const)('%s the first time: the message is asked for again', async (_, fault) => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(
      whenRow(fault, { uid: 7, times: 1, where: ({ items }) => items.some((item) => item.startsWith('BODY')) }),
    );
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it.each([
    ['left out', omitRow()],
    ['without UID', garbleRow('no-uid')],
    ['broken', garbleRow('broken')],
  ] as const)('%s already where the folder is listed: no message is overlooked', async (_, fault) => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(whenRow(fault, { uid: 7, where: ({ items }) => items.includes('RFC822.SIZE') }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    night.source.fill('ann', { INBOX: letters(1, 'new') });
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it.each([
    ['its flags', '* 3 FETCH (UID 3 FLAGS (\\Answered))'],
    ['its flags and MODSEQ', '* 3 FETCH (UID 3 MODSEQ (77) FLAGS (\\Answered))'],
    ['its size once more', '* 3 FETCH (UID 3 RFC822.SIZE 77)'],
  ])('telling a message twice, as %s: it is copied once', async (_, row) => {
    for (const destination of [{}, { without: ['UIDPLUS' as const] }]) {
      const night = await aNight({ ...inbox(20), destination });
      night.source.goesWrong(whenRow(unsolicited(row), { from: 5 }));
      expect(await night.run()).toBe(0);
      expectSameMail(night);
    }
  });

  it('telling a flag that somebody changed at the destination: it is taken for no change of ours', async () => {
    const night = await aNight(inbox(20));
    night.destination.goesWrong(whenRow(unsolicited('* 3 FETCH (UID 3 FLAGS (\\Seen \\Answered))'), { from: 5 }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    expect(await night.errors()).toEqual([]);
  });

  it('left out each time: the message is a failure by name, and the others arrive', async () => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(
      whenRow(omitRow(), { uid: 7, where: ({ items }) => items.some((item) => item.startsWith('BODY')) }),
    );
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(19);
    expect((await open(night)).map(({ uids, verdict }) => `${uids} ${verdict.rule}`)).toEqual(['7 engine:not-given']);
  });

  it('with a keyword such as 100%: the message arrives without it, and that is said', async () => {
    const night = await aNight(inbox(20));
    night.source.goesWrong(whenRow(garbleRow('keyword'), { uid: 7 }));
    expect(await night.run()).toBe(0);
    expectSameMail(night);
    const [note] = await notes(night);
    expect(note!.sample).toContain('100%');
    expect(note!.uids.toString()).toBe('7');
  });

  it('NO to a FETCH for one message: that message fails with what was said, the others arrive', async () => {
    const night = await aNight(inbox(20));
    const line = 'NO [SERVERBUG] Internal error occurred. Corrupted index';
    night.source.goesWrong(
      whenRow(answer(line), { uid: 7, where: ({ items }) => items.some((item) => item.startsWith('BODY')) }),
    );
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(19);
    expect((await open(night)).map(({ uids, sample }) => `${uids} ${sample}`)).toEqual([`7 ${line}`]);
  });
});

describe('folders that cannot be had', () => {
  it('a name that CREATE refuses is reported, and the others go on', async () => {
    const night = await aNight({
      destination: { refuseName: (path) => (path.startsWith('Work') ? '[CANNOT] Reserved name' : null) },
    });
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(7);
    const entries = await open(night);
    expect(entries.map(({ command, folder }) => `${command} ${folder}`).sort()).toEqual([
      'CREATE Work',
      'CREATE Work/Deep',
    ]);
    expect(entries[0]!.sample).toContain('Reserved name');
  });

  it('TRYCREATE that does not end is given up, for that folder', async () => {
    const night = await aNight();
    night.destination.goesWrong(when('APPEND', answer('NO [TRYCREATE] Mailbox does not exist'), { folder: 'Work' }));
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(7);
    expect(night.destination.sent('APPEND').filter(({ folder }) => folder === 'Work').length).toBeLessThan(10);
    expect((await open(night)).map(({ folder }) => folder)).toEqual(['Work']);
  });

  it('TRYCREATE once: the folder is made, and its mail arrives', async () => {
    const night = await aNight();
    let gone = false;
    night.destination.watch((event) => {
      if (gone || event.at !== 'command' || event.command !== 'APPEND' || event.folder !== 'Work') return;
      gone = true;
      night.destination.account('ann').folders.delete('Work');
    });
    await night.run();
    expect(there(night, 'Work')).toHaveLength(4);
  });

  it('an ACL that forbids inserting costs its folder, and a resume with the right mends it', async () => {
    const night = await aNight();
    const account = night.destination.account('ann');
    account.addFolder('Work', { rights: 'lrk' });
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(7);
    expect(there(night, 'Work/Deep')).toHaveLength(2);
    expect((await open(night)).map(({ folder, verdict }) => `${folder} ${verdict.kind}`)).toEqual(['Work folder']);
    account.folders.delete('Work');
    account.addFolder('Work');
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });

  it('a source folder that may not be read costs that folder alone', async () => {
    const night = await aNight();
    night.source.goesWrong(when('EXAMINE', answer('NO [NOPERM] Permission denied'), { folder: 'Work' }));
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(7);
    expect((await open(night)).map(({ side, folder }) => `${side} ${folder}`)).toEqual(['source Work']);
    night.source.isWell();
    expect(await night.run()).toBe(0);
    expectSameMail(night);
  });
});

describe('a destination that changes messages', () => {
  it('is found out: each altered message is noted with the reason, and none is an error', async () => {
    const night = await aNight({
      mail: () => ({ INBOX: ODD_MESSAGES.slice(1) }),
      destination: { habits: { bareLf: 'crlf', nul: 'x80', eightBitHeaders: 'x' } },
    });
    expect(await night.run()).toBe(0);
    const altered = (await notes(night)).filter(({ verdict }) => verdict.rule === 'engine:altered');
    expect(altered.flatMap(({ uids }) => [...uids])).toEqual([2, 3, 4]);
    expect(altered[0]!.sample).toContain('changed by the destination');
  });

  it('does not double them when the state is lost', async () => {
    const night = await aNight({
      mail: () => ({ INBOX: ODD_MESSAGES.slice(1) }),
      destination: { habits: { bareLf: 'crlf', nul: 'x80', eightBitHeaders: 'x' } },
    });
    await night.run();
    night.loseState();
    expect(await night.run()).toBe(0);
    expect(there(night)).toHaveLength(ODD_MESSAGES.length - 1);
  });

  it('an empty message that it refuses stands in the error ledger alone', async () => {
    const night = await aNight({
      mail: () => ({ INBOX: [...letters(3), ...ODD_MESSAGES.slice(0, 1), ...letters(3, 'more')] }),
      destination: { habits: { emptyMessage: 'refuse' } },
    });
    expect(await night.run()).toBe(3);
    expect(there(night)).toHaveLength(6);
    expect((await open(night)).map(({ uids }) => uids.toString())).toEqual(['4']);
  });

  it('keywords that it does not keep are counted and named', async () => {
    const mail = [
      ...letters(4),
      letter('k1', { flags: ['\\Seen', 'Projekt-X'] }),
      letter('k2', { flags: ['Projekt-X', '$Forwarded'] }),
    ];
    const night = await aNight({
      mail: () => ({ INBOX: mail }),
      destination: { permanentFlags: ['\\Answered', '\\Flagged', '\\Deleted', '\\Seen', '\\Draft'] },
    });
    expect(await night.run()).toBe(0);
    expect((await notes(night)).map(({ sample, uids }) => `${uids}: ${sample}`)).toEqual([
      '5:6: sent without keywords that this folder cannot keep (2 messages): $Forwarded Projekt-X',
    ]);
  });
});

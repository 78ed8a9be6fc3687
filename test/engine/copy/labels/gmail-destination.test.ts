import { describe, expect, it } from 'vitest';
import { GMAIL } from '../../../../demo/server/index.js';
import { expectedBy, gmailSource, labelledMail, subjectOf } from '../../../support/labelled-mail.js';
import { aNight } from '../../../support/night.js';
import { letter, letters } from '../../../support/odd-mail.js';
import { killedAtByte } from '../../../support/trouble.js';

describe('Gmail as the destination', () => {
  it('keeps equal messages of two folders as one with two labels, and both are copied', async () => {
    const night = await aNight({
      destination: GMAIL,
      mail: () => ({ INBOX: [letter('a'), letter('b')], Work: [letter('a')], Archive: [letter('b')] }),
    });
    expect(await night.run()).toBe(0);
    const account = night.destination.account('ann');
    expect(account.folder('[Gmail]/All Mail').messages).toHaveLength(2);
    expect(account.folder('Work').messages).toHaveLength(1);
    // All Mail is its archive, and holds what INBOX brought.
    expect(night.mailbox('ann')).toMatchObject({ counts: { copied: 3, matched: 1, left: 0 }, errors: 0, doubled: 0 });
    expect(await night.errors()).toEqual([]);
  });

  it('answers OK to a second equal message in a folder with the UID of the first: it is kept as one, and said so', async () => {
    const night = await aNight({
      destination: GMAIL,
      mail: () => ({ INBOX: [letter('a'), letter('b'), letter('a'), letter('c'), letter('a')] }),
    });
    expect(await night.run()).toBe(0);
    expect(night.destination.account('ann').folder('INBOX').messages).toHaveLength(3);
    expect(night.mailbox('ann')).toMatchObject({ counts: { copied: 5, failed: 0, left: 0 }, errors: 0, doubled: 0 });
    expect((await night.errors()).map(({ verdict }) => verdict.rule)).toEqual(['engine:kept-as-one']);
    night.destination.forget();
    expect(await night.run()).toBe(0);
    expect(night.destination.sent('APPEND')).toEqual([]);
  });

  it('gets each label of a Gmail source by all-folders, and no message twice', async () => {
    const night = await aNight({
      source: gmailSource,
      destination: GMAIL,
      mail: () => labelledMail(40),
      options: { labels: 'all-folders' },
    });
    expect(await night.run()).toBe(0);
    const here = night.source.account('ann');
    for (const [folder, { messages, noselect }] of night.destination.account('ann').folders)
      if (!noselect) expect([folder, messages.length]).toEqual([folder, here.folder(folder).messages.length]);
    expect(expectedBy('all-folders', night).length).toBeGreaterThan(60);
  });

  it('has messages already, in other labels and in this one: the UIDs that it answers with are theirs', async () => {
    const night = await aNight({
      destination: GMAIL,
      mail: () => ({ INBOX: [letter('a'), letter('b'), letter('c')], Work: [letter('a'), letter('d')] }),
    });
    // The user has moved some of it by hand before.
    night.destination.fill('ann', { Work: [letter('a'), letter('b')], INBOX: [letter('c')] });
    expect(await night.run()).toBe(0);
    const account = night.destination.account('ann');
    const subjects = (folder: string) =>
      account
        .folder(folder)
        .messages.map(({ raw }) => subjectOf(raw))
        .sort();
    expect([subjects('INBOX'), subjects('Work')]).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'd'],
    ]);
    expect(subjects('[Gmail]/All Mail')).toEqual(['a', 'b', 'c', 'd']);
    expect(night.mailbox('ann')).toMatchObject({ counts: { failed: 0, left: 0 }, errors: 0, doubled: 0 });
    night.destination.forget();
    expect(await night.run()).toBe(0);
    expect(night.destination.sent('APPEND')).toEqual([]);
  });

  it.each([400, 1500, 2600, 3700, 4800])(
    'is exact after a kill at %i bytes, with equal messages about',
    async (bytes) => {
      const twice = [...letters(10), letter('letter-3'), letter('letter-7')];
      const night = await aNight({
        destination: { ...GMAIL, lateMs: 500 },
        mail: () => ({ INBOX: twice, Work: letters(12), Archive: letters(4, 'old') }),
      });
      await killedAtByte(night, bytes);
      expect(await night.run()).toBe(0);
      const account = night.destination.account('ann');
      expect(account.folder('INBOX').messages).toHaveLength(10);
      expect(account.folder('Work').messages).toHaveLength(12);
      expect(account.folder('[Gmail]/All Mail').messages).toHaveLength(16);
      expect(night.mailbox('ann')).toMatchObject({ counts: { failed: 0, left: 0 }, doubled: 0 });
      night.destination.forget();
      expect(await night.run()).toBe(0);
      expect(night.destination.sent('APPEND')).toEqual([]);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { GMAIL } from '../../../../demo/server/index.js';
import { expectedBy, gmailSource, labelledMail } from '../../../support/labelled-mail.js';
import { aNight } from '../../../support/night.js';
import { letter } from '../../../support/odd-mail.js';

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
});

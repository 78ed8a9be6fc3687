import { describe, expect, it } from 'vitest';
import { LABEL_POLICIES } from '../../../../src/store/batch/batch.js';
import {
  ALL_MAIL,
  bodiesFetched,
  expectedBy,
  gmailSource,
  keywordsAt,
  labelledMail,
  thereAt,
} from '../../../support/labelled-mail.js';
import { aNight, type NightOptions } from '../../../support/night.js';
import { letter } from '../../../support/odd-mail.js';
import { killedAtByte } from '../../../support/trouble.js';

const gmailNight = (more: NightOptions = {}) => aNight({ source: gmailSource, mail: () => labelledMail(60), ...more });

describe.each(LABEL_POLICIES)('a source whose folders are labels, by %s', (labels) => {
  const options = { labels };

  it('has each body fetched once, and each message where the policy puts it', async () => {
    const night = await gmailNight({ options });
    expect(await night.run()).toBe(0);
    expect(thereAt(night)).toEqual(expectedBy(labels, night));
    expect(bodiesFetched(night)).toBe(60);
    expect((await night.errors()).filter(({ verdict }) => verdict.next !== 'note')).toEqual([]);
  });

  it('has nothing left for a second run', async () => {
    const night = await gmailNight({ options });
    await night.run();
    night.source.forget();
    night.destination.forget();
    expect(await night.run()).toBe(0);
    for (const never of ['APPEND', 'UID FETCH', 'UID COPY', 'SELECT'])
      expect([...night.source.sent(never), ...night.destination.sent(never)]).toEqual([]);
    // The counters of INBOX are held against STATUS, in the flight of the listing.
    expect(night.source.sent('EXAMINE').map(({ folder }) => folder)).toEqual(['INBOX']);
    expect(night.destination.sent('EXAMINE')).toEqual([]);
  });

  it.each([300, 1500, 3000, 5000, 6500])('is exact after a kill at %i bytes of the destination', async (bytes) => {
    const night = await gmailNight({ options, destination: { lateMs: 800 } });
    await killedAtByte(night, bytes);
    expect(await night.run()).toBe(0);
    expect(thereAt(night)).toEqual(expectedBy(labels, night));
  });
});

describe('labels that change between two runs', () => {
  it('copy no message again that another label has brought', async () => {
    const night = await gmailNight();
    await night.run();
    const before = thereAt(night);
    const account = night.source.account('ann');
    // Archived: INBOX has it no more. And a new label, that comes before all others.
    const archived = account.folder('INBOX').messages.map(({ uid }) => uid);
    const first = account.folder('Work').messages[0]!;
    account.folder('INBOX').expunge(...archived);
    account.addFolder('AAA').add({ raw: first.raw, internalDate: first.internalDate });
    night.source.fill('ann', { INBOX: [letter('new')] });
    night.source.forget();
    expect(await night.run()).toBe(0);
    expect(thereAt(night)).toEqual([...before, 'INBOX: new'].sort());
    expect(bodiesFetched(night)).toBe(1);
  });
});

describe('labels as keywords', () => {
  it('gives a message the names of its labels, as far as an atom may have them', async () => {
    const night = await gmailNight({
      options: { labels: 'keywords' },
      mail: () => ({
        INBOX: [letter('a')],
        'Zoë (privat)': [letter('a')],
        Work: [letter('b')],
        'Work/Paid': [letter('b')],
        [ALL_MAIL]: [letter('c')],
      }),
    });
    expect(await night.run()).toBe(0);
    expect(keywordsAt(night, 'Archive')).toEqual({
      a: ['Inbox', 'Zo&AOs-__privat_'],
      b: ['Work', 'Work/Paid'],
      c: [],
    });
  });
});

describe('a message that vanishes from the label in which it was to travel', () => {
  it('travels in another one, in the same run', async () => {
    const night = await gmailNight({
      mail: () => ({ INBOX: [letter('a'), letter('b')], Work: [letter('a'), letter('b')] }),
    });
    let gone = false;
    night.source.watch((event) => {
      if (event.at !== 'command' || gone || !event.args.includes('BODY.PEEK[]')) return;
      gone = true;
      night.source.account('ann').folder('INBOX').expunge(2);
    });
    expect(await night.run()).toBe(0);
    expect(thereAt(night)).toEqual(['INBOX: a', 'Work: b']);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 2, carried: 3, left: 0 });
  });
});

describe('a source without labels', () => {
  it('is told from one with them where --labels is asked for, in one line, before anything is made', async () => {
    const night = await aNight({ mail: () => ({ INBOX: [letter('a')] }), options: { labels: 'keywords' } });
    const running = night.start();
    await night.clock.passes(60_000);
    expect(night.mailbox('ann').state).toMatchObject({
      kind: 'held',
      because: { text: expect.stringMatching(/^--labels keywords: the source has no labels/) },
    });
    expect(night.destination.sent('APPEND')).toEqual([]);
    running.kill();
  });
});

import { describe, expect, it } from 'vitest';
import { answer, M365, when } from '../../../demo/server/index.js';
import { type EndpointLimits, NO_LIMITS } from '../../../src/store/batch/limits.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';
import { aNight, type Night, type NightOptions } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { MINUTE } from '../../support/trouble.js';

/** The profile is named: the servers of a test are not at Microsoft's hosts. */
const limits = (overrides: EndpointLimits['profile']['overrides'] = {}): EndpointLimits => ({
  ...NO_LIMITS,
  profile: { name: 'm365', overrides },
});

const toM365 = (more: NightOptions = {}): Promise<Night> =>
  aNight({
    source: { specialFolders: {} },
    destination: M365,
    endpoints: { destination: { limits: limits() } },
    ...more,
  });

const flagged = (count: number, name: string) =>
  letters(count, name).map((message, at) => (at % 3 === 0 ? { ...message, flags: ['\\Seen', '\\Flagged'] } : message));

describe('Microsoft 365 as the destination', () => {
  it('keeps the flag that it drops when a message is stored, by one STORE a folder', async () => {
    const night = await toM365({ mail: () => ({ INBOX: flagged(60, 'in'), Archive: flagged(30, 'arch') }) });
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann');
    expect(
      night.destination.sent('UID STORE').map(({ folder, args }) => [folder, /\+FLAGS\S* \(.*\)/.exec(args)?.[0]]),
    ).toEqual([
      ['INBOX', '+FLAGS.SILENT (\\Flagged)'],
      ['Archive', '+FLAGS.SILENT (\\Flagged)'],
    ]);
    expect(await night.errors()).toEqual([]);
  });

  it('keeps it through a kill before the flag was set', async () => {
    const night = await toM365({ mail: () => ({ INBOX: flagged(60, 'in') }) });
    const first = night.start();
    let killed = false;
    night.destination.watch((event) => {
      if (killed || event.at !== 'command' || event.command !== 'UID STORE') return;
      killed = true;
      first.kill();
    });
    await night.clock.passes(MINUTE);
    expect(killed).toBe(true);
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann');
  });

  it('is not sent what it does not take: too large messages and too long lines are entered before', async () => {
    const long = letter('long', { raw: Buffer.from(`Subject: long\r\n\r\n${'y'.repeat(10_501)}\r\n`) });
    const just = letter('just', { raw: Buffer.from(`Subject: just\r\n\r\n${'y'.repeat(10_500)}\r\n`) });
    const night = await toM365({
      endpoints: { destination: { limits: limits({ messageBytes: 50_000 }) } },
      mail: () => ({ INBOX: [letter('one'), long, letter('big', { bytes: 50_001 }), just, letter('two')] }),
    });
    expect(await night.run()).toBe(3);
    const told = night.failures.map(({ verdict, uids, response }) => [verdict.rule, uids, response] as const);
    expect(told.map(([rule, uids]) => [rule, uids]).sort()).toEqual([
      ['engine:line-too-long', '2'],
      ['engine:too-big', '3'],
    ]);
    expect(told.find(([rule]) => rule === 'engine:too-big')?.[2]).toContain(
      'over the limit of 50000 bytes of the profile of the destination',
    );
    expect(night.destination.account('ann').find('INBOX')?.messages.length).toBe(3);
  });

  it('loses no good message where it ends the connection after ten that it refuses', async () => {
    const bad = (at: number) =>
      letter(`bad-${at}`, { raw: Buffer.from(`Subject: bad ${at}\r\n\r\n${'y'.repeat(10_501)}\r\n`) });
    // The profile does not know of the lines: they are found out by refusals.
    const night = await toM365({
      endpoints: { destination: { limits: limits({ lineOctets: null }) } },
      mail: () => ({ INBOX: Array.from({ length: 80 }, (_, at) => (at % 4 === 1 ? bad(at) : letter(`good-${at}`))) }),
    });
    expect(await night.run()).toBe(3);
    expect(night.mailbox('ann').counts).toMatchObject({ copied: 60, failed: 20 });
    expect(night.destination.account('ann').find('INBOX')?.messages.length).toBe(60);
  });

  it('has a reserved name entered with the way out, and the rest goes on', async () => {
    const night = await toM365({ mail: () => ({ INBOX: letters(3), 'Sync Issues': letters(2, 'sync') }) });
    expect(await night.run()).toBe(3);
    const [failure] = night.failures;
    expect(failure).toMatchObject({ folder: 'Sync Issues', verdict: { kind: 'folder' } });
    expect(failure?.response).toContain('Folder name is reserved');
    expect(adviceText(failure?.verdict.advice ?? null, 'x')).toContain("--map 'Sync Issues=");
    expect(night.mailbox('ann').counts.copied).toBe(3);
  });

  it('is left alone for as long as it says when it is written to too fast', async () => {
    const night = await toM365({ mail: () => ({ INBOX: letters(30) }) });
    const throttled = answer('NO Request is throttled. Suggested Backoff Time: 300000 milliseconds');
    night.destination.goesWrong(when('APPEND', throttled, { times: 1 }));
    expect(await night.run()).toBe(0);
    expectSameMail(night, 'ann');
    const appends = night.destination.sent('APPEND').map(({ when: at }) => at);
    const gaps = appends.slice(1).map((at, i) => at - appends[i]!);
    expect(Math.max(...gaps)).toBeGreaterThanOrEqual(5 * MINUTE);
    expect(Math.max(...gaps)).toBeLessThan(7 * MINUTE);
  });
});

it('Microsoft 365 as the source: folders without mail are left out, and named', async () => {
  const night = await aNight({
    source: M365,
    endpoints: { source: { limits: limits() } },
    mail: () => ({
      INBOX: letters(3),
      Calendar: letters(2, 'cal'),
      'Contacts/Friends': letters(2, 'con'),
      Kalender: [],
    }),
  });
  expect(await night.run()).toBe(0);
  expect(night.mailbox('ann').counts.copied).toBe(3);
  const leftOut = night.log.flatMap(({ folder, text }) => (/left out/.test(text) ? [folder] : []));
  expect(leftOut).toEqual(expect.arrayContaining(['Calendar', 'Contacts', 'Contacts/Friends', 'Kalender', 'Tasks']));
  expect(night.destination.account('ann').find('Calendar')).toBeUndefined();
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  answer,
  CYRUS_HABITS,
  dropAfterDoing,
  type NewMessage,
  type ServerOptions,
  when,
  whenMessage,
} from '../../../demo/server/index.js';
import { repair } from '../../../src/engine/copy/message/repair.js';
import type * as PrepareFolder from '../../../src/engine/copy/prepare/prepare-folder.js';
import { EVERYTHING, type Treatment } from '../../../src/words/decision.js';
import { aNight, type Night, Night as NightOf, type NightOptions, type Running } from '../../support/night.js';
import { letter, letters } from '../../support/odd-mail.js';
import { expectSameMail } from '../../support/same-mail.js';
import { atByte, ByteCount, cutAtByte } from '../../support/trouble.js';

/** Bytes at which a line is cut, or the engine killed; more when somebody has the time. */
const NIGHTS = Number(process.env.NIGHTS ?? 8);

/** Set: nobody knows of any order any more, but what the UID ledger remembers. */
const orders = vi.hoisted(() => ({ forgotten: false }));
vi.mock('../../../src/engine/copy/prepare/prepare-folder.js', async (actual) => {
  const module = await actual<typeof PrepareFolder>();
  const prepareFolder: typeof module.prepareFolder = (context, preparation) =>
    module.prepareFolder(context, orders.forgotten ? { ...preparation, treatments: undefined } : preparation);
  return { ...module, prepareFolder };
});
afterEach(() => {
  orders.forgotten = false;
});

const AT = Date.UTC(2021, 5, 1, 8, 0, 0);
/** NUL, bare line feeds, a header and a body line that are too long. */
const RAW = Buffer.from(
  `Message-ID: <bad@night.example>\nX-Long: ${'word '.repeat(300)}\nSubject: bad\n\n\0${'y'.repeat(10_000)}\nend`,
);
const BAD: NewMessage = { raw: RAW, internalDate: AT, flags: ['\\Flagged', 'Projekt-X'] };
const MAIL = { INBOX: [...letters(2), BAD, ...letters(3, 'more')] };
const MENDED = Buffer.concat(repair({ slices: [RAW], length: RAW.length }).body.slices as Buffer[]);
const TOLD =
  'repaired on the operator’s order: 1 NUL removed, 5 bare LF made CRLF, 1 header line folded, 1 line cut, having no white space, 1 line end put at the end';

const isLong = (raw: Buffer) =>
  raw
    .toString('latin1')
    .split('\r\n')
    .some(({ length }) => length > 998);
const STRICT: ServerOptions = {
  habits: {
    refuseMessage: (raw) =>
      CYRUS_HABITS.refuseMessage(raw) ?? (isLong(raw) ? 'Message has lines that are too long' : null),
  },
};

const there = (night: Night) => night.destination.account('ann').folder('INBOX').messages;
const notes = async (night: Night) =>
  (await night.errors()).flatMap((entry) =>
    entry.verdict.next === 'note' ? [`${entry.uids} ${[...entry.own.values(), entry.sample].join(' | ')}`] : [],
  );
const open = async (night: Night) => (await night.errors()).filter(({ verdict }) => verdict.next !== 'note');

/** An engine that has tried everything; one message was refused, and its operator is there. */
async function refused(night: Night, uid = '3'): Promise<Running & { readonly leave: () => void }> {
  const running = night.start();
  const leave = running.engine.attend();
  while (running.engine.status().mailboxes[0]?.state.kind !== 'synced') await night.clock.passes(1_000);
  expect(running.engine.status().mailboxes[0]).toMatchObject({ errors: 1, counts: { failed: 1, left: 0 } });
  const answered = await night.clock.until(running.engine.command({ do: 'errors', mailbox: null }));
  const groups = answered.ok ? (answered.errors ?? []) : [];
  const standing = groups.flatMap(({ standing, entries }) => (standing === 'open' ? entries : []));
  expect(standing.map(({ uids }) => uids)).toEqual([uid]);
  night.events.length = 0;
  night.destination.forget();
  return { ...running, leave };
}

/** Its operator orders that all that is open be retried like this, and goes. */
async function order(night: Night, running: Awaited<ReturnType<typeof refused>>, treatment: Treatment): Promise<void> {
  const action = { do: 'retry', afterSeconds: 0, treatment } as const;
  const { engine } = running;
  const shown = await night.clock.until(engine.command({ do: 'preview', action, selection: EVERYTHING }));
  const preview = shown.ok ? (shown.preview?.id ?? '') : expect.unreachable(shown.why);
  expect(await night.clock.until(engine.command({ do: 'decide', preview, by: 'ann' }))).toMatchObject({ ok: true });
  running.leave();
}

/** Retries refused messages like this, to the end. @returns the exit code */
async function retried(night: Night, treatment: Treatment, uid?: string): Promise<number> {
  const running = await refused(night, uid);
  await order(night, running, treatment);
  const code = await night.clock.until(running.done);
  night.checkManners();
  return code;
}

function expectMended(night: Night): void {
  expect(there(night)).toHaveLength(6);
  const [mended, ...more] = there(night).filter(({ raw }) => raw.includes('bad@night.example'));
  expect(more).toEqual([]);
  expect(mended?.raw.equals(MENDED)).toBe(true);
  expect(mended?.internalDate).toBe(AT);
  expect([...(mended?.flags ?? [])].sort()).toEqual(['Projekt-X', '\\Flagged']);
}

describe('a message that is retried with repairs', () => {
  it.each<[string, ServerOptions]>([
    ['every capability', {}],
    ['no UIDPLUS', { without: ['UIDPLUS'] }],
    ['literals waited for', { without: ['LITERAL+', 'MULTIAPPEND'] }],
  ])('arrives mended, and what was mended is noted, once (%s)', async (_, more) => {
    const night = await aNight({ mail: () => MAIL, destination: { ...STRICT, ...more } });
    expect(await retried(night, 'repaired')).toBe(0);
    expectMended(night);
    expect(await notes(night)).toEqual([`3 ${TOLD}`]);
    expect(night.failures.map(({ verdict }) => verdict.rule)).toEqual(['engine:repaired']);
    expect(await night.run()).toBe(0);
    expectMended(night);
    expect(night.failures).toHaveLength(1);
  });

  it('is sent as it is where nothing is to be mended, and nothing is noted', async () => {
    const night = await aNight({ mail: () => ({ INBOX: letters(3) }) });
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused'), { containing: 'letter-3@', times: 3 }));
    expect(await retried(night, 'repaired')).toBe(0);
    expect(await night.errors()).toEqual([]);
    expectSameMail(night);
  });

  it('is held against what was sent: what the destination changes besides is told too', async () => {
    const raw = Buffer.from('Subject: caf\xe9\n\nbo\0dy\n', 'latin1');
    const mail = () => ({ INBOX: [letter('one'), { raw, internalDate: AT }] });
    const night = await aNight({ mail, destination: { habits: CYRUS_HABITS } });
    expect(await retried(night, 'repaired', '2')).toBe(0);
    expect((await notes(night)).sort()).toEqual([
      '2 repaired on the operator’s order: 1 NUL removed, 3 bare LF made CRLF',
      '2 stored, but changed by the destination: line ends, NUL bytes, 8-bit headers, white space in headers or headers of an mbox file, as servers do',
    ]);
  });

  it('is refused again where that did not help, and stands open as before', async () => {
    const night = await aNight({ mail: () => MAIL });
    night.destination.goesWrong(whenMessage(answer('NO [CANNOT] Refused'), { containing: 'bad@' }));
    expect(await retried(night, 'repaired')).toBe(3);
    expect((await open(night)).map(({ uids }) => String(uids))).toEqual(['3']);
    expect(await notes(night)).toEqual([]);
  });

  it('is known where the destination’s folder was made anew around it, and all is matched afresh', async () => {
    const night = await aNight({ mail: () => MAIL, destination: STRICT });
    expect(await retried(night, 'repaired')).toBe(0);
    night.destination.account('ann').folder('INBOX').uidValidity++;
    orders.forgotten = true;
    expect(await night.run()).toBe(0);
    expectMended(night);
  });
});

describe('a connection that drops under a message that is sent repaired', () => {
  it.each<[string, ServerOptions]>([
    ['every capability', {}],
    ['late commits', { lateMs: 1200 }],
    ['no UIDPLUS', { without: ['UIDPLUS'] }],
    ['literals waited for', { without: ['LITERAL+'] }],
  ])('after its last byte leaves one copy, and the note (%s)', async (_, more) => {
    const night = await aNight({ mail: () => MAIL, destination: { ...STRICT, ...more } });
    const running = await refused(night);
    night.destination.goesWrong(when('APPEND', dropAfterDoing(), { times: 1 }));
    await order(night, running, 'repaired');
    expect(await night.clock.until(running.done)).toBe(0);
    expectMended(night);
    expect(await notes(night)).toEqual([`3 ${TOLD}`]);
    expect(night.destination.sent('APPEND')).toHaveLength(1);
  });

  const options: NightOptions = { mail: () => MAIL, destination: { ...STRICT, lateMs: 700 } };

  it.each([
    ['received', 'cut'],
    ['received', 'kill'],
    ['sent', 'cut'],
    ['sent', 'kill'],
  ] as const)('at any byte leaves one copy, and the note (%s, %s)', async (direction, how) => {
    const all = await oneNight(options, async (night, running) => {
      const count = new ByteCount();
      night.destination.watch(count.watch);
      await order(night, running, 'repaired');
      expect(await night.clock.until(running.done)).toBe(0);
      return count[direction]();
    });
    for (let n = 0; n < NIGHTS; n++) {
      const byte = 1 + Math.floor(((n + 0.41) * all) / NIGHTS);
      await oneNight({ ...options, seed: byte }, async (night, running) => {
        if (how === 'cut') night.destination.goesWrong(cutAtByte(direction, byte));
        await order(night, running, 'repaired');
        if (how === 'kill') {
          const byteIsThere = new Promise<void>((resolve) => {
            night.destination.watch(atByte(direction, byte, resolve));
          });
          // A night with another seed may have fewer bytes: chance decides what of a message is read back.
          await night.clock.until(Promise.race([byteIsThere, running.done]));
          running.kill();
          expect(await night.run(), `byte ${byte} of ${all}`).toBe(0);
        } else {
          expect(await night.clock.until(running.done), `byte ${byte} of ${all}`).toBe(0);
        }
        expectMended(night);
        expect(await notes(night), `byte ${byte} of ${all}`).toEqual([`3 ${TOLD}`]);
      });
    }
  });

  it('and under the engine is known again by what the UID ledger remembers alone', async () => {
    const night = await aNight({ mail: () => MAIL, destination: STRICT });
    const running = await refused(night);
    const stored = new Promise<void>((resolve) => {
      night.destination.watch((event) => event.at === 'message' && setImmediate(resolve));
    });
    night.destination.goesWrong(when('APPEND', dropAfterDoing(), { times: 1 }));
    await order(night, running, 'repaired');
    await night.clock.until(stored);
    running.kill();
    orders.forgotten = true;
    expect(await night.run()).toBe(0);
    expectMended(night);
    expect(await notes(night)).toEqual([`3 ${TOLD}`]);
  });
});

/** A night that stands where a message was refused. */
async function oneNight<T>(
  options: NightOptions,
  test: (night: Night, running: Awaited<ReturnType<typeof refused>>) => Promise<T>,
): Promise<T> {
  const night = await new NightOf(options).begin();
  try {
    return await test(night, await refused(night));
  } finally {
    await night.end();
  }
}

describe('a message that is retried without flags', () => {
  const flagged = letter('two', { flags: ['\\Seen', '\\Flagged', 'Projekt-X'], internalDate: AT });
  const mail = () => ({ INBOX: [letter('one'), flagged, letter('three')] });
  const disliked = whenMessage(answer('NO [CANNOT] Not with these'), { where: ({ flags }) => flags.length > 1 });
  const two = (night: Night) => there(night).filter(({ raw }) => raw.includes('two@'));
  const TOLD_FLAGS = '2 sent without its flags on the operator’s order: \\Flagged \\Seen Projekt-X left out';

  it('arrives with its date alone, which is noted, and its flags are not put back', async () => {
    const night = await aNight({ mail });
    night.destination.goesWrong(disliked);
    expect(await retried(night, 'without-flags', '2')).toBe(0);
    expect(two(night).map(({ flags, internalDate }) => [[...flags], internalDate])).toEqual([[[], AT]]);
    expect(await notes(night)).toEqual([TOLD_FLAGS]);
    expect(night.destination.sent('UID STORE')).toEqual([]);
    expect(await open(night)).toEqual([]);
  });

  it('has that noted, and its flags not put back, also where it was not read back before a kill', async () => {
    const night = await aNight({ mail });
    night.destination.goesWrong(disliked);
    const running = await refused(night, '2');
    const readBack = new Promise<void>((resolve) => {
      night.destination.watch((event) => event.at === 'command' && event.command === 'SELECT' && resolve());
    });
    await order(night, running, 'without-flags');
    await night.clock.until(readBack);
    running.kill();
    orders.forgotten = true;
    expect(await night.run()).toBe(0);
    expect(two(night).map(({ flags }) => [...flags])).toEqual([[]]);
    expect(night.destination.sent('UID STORE')).toEqual([]);
    expect(await notes(night)).toEqual([TOLD_FLAGS]);
  });
});

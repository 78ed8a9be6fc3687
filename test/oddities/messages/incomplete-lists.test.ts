import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import {
  arrives,
  box,
  type Item,
  mail,
  many,
  type OddContext,
  type OddFolder,
  type OddSpec,
  type Reply,
} from '../../support/odd-server.js';

const WHOLE = { missing: [], doubled: [], alien: [], open: [], exit: 0 };

/** Three messages under UIDs that are not their numbers. */
const at900 = (): OddFolder => {
  const folder = box(mail(1), mail(2), mail(3));
  folder.messages.forEach((message, at) => {
    message.uid = 901 + at;
  });
  return { ...folder, uidNext: 904 };
};
const isScan = (context: OddContext) => !context.wants('BODY');
const leavesOut = (uid: number, times = Number.POSITIVE_INFINITY): Reply => {
  let scans = 0;
  return (context) =>
    isScan(context) && scans++ < times
      ? context.rows((message) => (message.uid === uid ? 'omit' : undefined))
      : undefined;
};
const searches =
  (...rows: string[]): Reply =>
  () => [...rows, '%T OK done'];
const exists =
  (count: (real: number) => number): Reply =>
  (context) =>
    context
      .normal()
      .map((item) =>
        typeof item === 'string'
          ? item.replace(/^\* (\d+) EXISTS/, (_, real) => `* ${count(Number(real))} EXISTS`)
          : item,
      );

describe('a source whose list is shorter than it counts', () => {
  it.each([
    ['SEARCH names nothing', searches()],
    ['SEARCH names message numbers', searches('* SEARCH 1 2 3')],
    ['SEARCH is refused', (() => ['%T NO search is off']) as Reply],
    ['SEARCH is unknown', (() => ['%T BAD unknown command']) as Reply],
    ['SEARCH names what is no UID', searches('* SEARCH 0 -902 99999999999 902x')],
    ['SEARCH answers as RFC 4731 has it', searches('* ESEARCH (TAG "x") UID ALL 901:903')],
  ])('is asked in other ways until all is found: %s', async (_what, search) => {
    const move = await moveBetween({
      folders: { INBOX: at900() },
      on: { 'UID FETCH': leavesOut(902, 1), 'UID SEARCH': search },
    });
    expect(move).toMatchObject(WHOLE);
  });

  it('is asked for windows where it leaves a row out of each long list', async () => {
    const long: Reply = (context) => (isScan(context) && context.uids.length > 20 ? leavesOut(17)(context) : undefined);
    const move = await moveBetween({
      folders: { INBOX: many(40) },
      on: { 'UID FETCH': long, 'UID SEARCH': searches() },
    });
    expect(move).toMatchObject(WHOLE);
  });

  it.each([
    ['twice as many', (real: number) => real * 2, 3],
    ['four thousand million', () => 4_000_000_000, 3_999_999_997],
  ])('stands open with the numbers where it counts %s messages', async (_what, count, short) => {
    const odd: OddSpec = { on: { EXAMINE: exists(count), 'UID SEARCH': searches() } };
    const move = await moveBetween(odd, { caps: 'UIDPLUS' }, { steps: ['move', 'resume'] });
    expect(move).toMatchObject({ missing: [], doubled: [], alien: [], exits: [3, 3] });
    expect(move.told).toMatch(new RegExp(`^source INBOX: .*lists 3: ${short} of them cannot be seen`));
  });

  it.each([
    ['negative UIDs', (context: OddContext) => context.rows((message) => `* 1 FETCH (UID -${message.uid} FLAGS ())`)],
    ['UIDs over 32 bits', (context: OddContext) => context.rows(({ uid }) => ({ uid: uid + 5_000_000_000 }))],
    ['no UIDs', (context: OddContext) => context.rows(() => ({ uid: 'none' }))],
    ['rows that nobody can read', (context: OddContext) => context.rows(() => '* 1 FETCH UID')],
  ])('stands open where it gives %s', async (_what, rows) => {
    const move = await moveBetween({ on: { 'UID FETCH': rows, 'UID SEARCH': searches() } });
    expect(move).toMatchObject({ doubled: [], alien: [], exit: 3 });
    expect(move.told).toMatch(/^source INBOX: .*lists 0: 3 of them cannot be seen/);
  });

  it('says by its UID what SEARCH names and FETCH never gives', async () => {
    const move = await moveBetween({
      folders: { INBOX: at900() },
      on: { 'UID FETCH': (context) => context.rows(({ uid }) => (uid === 902 ? 'omit' : undefined)) },
    });
    expect(move).toMatchObject({ doubled: [], alien: [], exit: 3 });
    expect(move.missing).toHaveLength(1);
    expect(move.open.map(({ uids }) => uids.toString())).toEqual(['902']);
  });

  it('is whole again when it tells the rest', async () => {
    const odd = { is: true };
    const examine = exists((real) => (odd.is ? real + 2 : real));
    const move = await moveBetween(
      { on: { EXAMINE: examine } },
      {},
      { steps: ['move', () => void Object.assign(odd, { is: false }), 'resume'] },
    );
    expect(move).toMatchObject({ ...WHOLE, exits: [3, 0] });
  });
});

describe('a source that counts fewer messages than it lists', () => {
  it('is copied by its list', async () => {
    const move = await moveBetween({ on: { EXAMINE: exists(() => 0) } });
    expect(move).toMatchObject(WHOLE);
  });

  it('is not believed rows of messages that its counters deny', async () => {
    const unasked: Reply = (context) => [
      ...[900, 901].map((uid) => context.row({ ...context.message(1), uid, raw: mail(uid) }, { number: uid })),
      ...context.rows(),
    ];
    const move = await moveBetween({ on: { 'UID FETCH': unasked } });
    expect(move).toMatchObject(WHOLE);
    expect(move.mailbox.counts).toMatchObject({ total: 3, copied: 3 });
  });

  it('is not believed rows under UIDs that it has not given, with numbers of other messages', async () => {
    const unasked: Reply = (context) => [
      ...[900, 901].map((uid) =>
        context.row({ ...context.message(1), uid, raw: mail(uid - 898) }, { number: uid - 898 }),
      ),
      ...context.rows(),
    ];
    const move = await moveBetween({ on: { 'UID FETCH': unasked } }, {}, { steps: ['move', 'resume'] });
    expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
    expect(move.mailbox.counts).toMatchObject({ total: 3, copied: 3 });
  });

  it.each([1, 3])('is believed all rows though its UIDNEXT is %d', async (uidNext) => {
    const told: Reply = (context) =>
      context
        .normal()
        .map((item) => (typeof item === 'string' ? item.replace(/UIDNEXT \d+/, `UIDNEXT ${uidNext}`) : item));
    const move = await moveBetween({ folders: { INBOX: many(5) }, on: { EXAMINE: told } });
    expect(move).toMatchObject({ missing: [], doubled: [], exit: 0 });
  });

  it('has what arrives between its count and its list', async () => {
    let isFirst = true;
    const arriving: Reply = (context) => {
      if (!isFirst) return undefined;
      isFirst = false;
      arrives(context.folder!, mail(9));
      return ['* 4 EXISTS', ...context.rows()];
    };
    const move = await moveBetween({ on: { 'UID FETCH': arriving } });
    expect(move).toMatchObject({ missing: [], doubled: [], exit: 0 });
  });
});

describe('a server that refuses to list nothing', () => {
  const ofNothing =
    (answer: Item): Reply =>
    (context) =>
      context.uids.length === 0 || isAboveAll(context) ? [answer] : undefined;
  /** `n:*` names the last message (RFC 9051), which this server does not know. */
  const isAboveAll = ({ args, messages }: OddContext) =>
    Number(/^(\d+):\*/.exec(args)?.[1] ?? 0) > (messages.at(-1)?.uid ?? 0);

  it.each([
    '%T BAD UID parameters!',
    '%T NO no matching messages',
    '%T NO The specified message set is invalid.',
    '%T BAD Error in IMAP command UID FETCH: Invalid uidset',
  ])('is taken at its word: %s', async (answer) => {
    const folders = { INBOX: many(3), Empty: box() };
    const odd = { on: { 'UID FETCH': ofNothing(answer) } };
    const later = ({ source }: { source: { folders: Record<string, OddFolder> } }) =>
      void arrives(source.folders.INBOX!, mail(9));
    for (const [source, destination] of [
      [odd, { caps: 'UIDPLUS' }],
      [{}, odd],
      [{}, { ...odd, caps: 'UIDPLUS' }],
    ] as const) {
      const move = await moveBetween({ ...source, folders: structuredCopy(folders) }, destination, {
        steps: ['move', later, 'resume'],
      });
      expect(move).toMatchObject({ ...WHOLE, exits: [0, 0] });
      expect(Object.keys(move.destination.folders)).toContain('Empty');
    }
  });
});

function structuredCopy(folders: Record<string, OddFolder>): Record<string, OddFolder> {
  return Object.fromEntries(
    Object.entries(folders).map(([name, folder]) => [
      name,
      { ...folder, messages: folder.messages.map((one) => ({ ...one })) },
    ]),
  );
}

import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddContext, type OddSpec } from '../../support/odd-server.js';

/** Stores what it makes of the second message, under the UID that it names. */
function making(change: (raw: Buffer) => Buffer, caps = 'UIDPLUS', which = /^Subject: message 2\r$/m): OddSpec {
  return {
    caps,
    on: {
      APPEND: (context: OddContext) => {
        if (!which.test(String(context.literal))) return undefined;
        const uid = context.store({ raw: change(context.literal) });
        return [caps.includes('UIDPLUS') ? `%T OK [APPENDUID 77 ${uid}] done` : '%T OK done'];
      },
    },
  };
}

const text = (change: (text: string) => string) => (raw: Buffer) =>
  Buffer.from(change(raw.toString('latin1')), 'latin1');
const inBody = (change: (body: Buffer) => Buffer) => (raw: Buffer) => {
  const at = raw.indexOf('\r\n\r\n') + 4;
  return Buffer.concat([raw.subarray(0, at), change(raw.subarray(at))]);
};

const DAMAGES: readonly (readonly [what: string, change: (raw: Buffer) => Buffer, told: RegExp])[] = [
  ['its body is zeroed', inBody((body) => Buffer.alloc(body.length)), /other bytes of the same length/],
  [
    'one byte of its body is another one',
    text((raw) => raw.replace('body 2', 'bodi 2')),
    /other bytes of the same length/,
  ],
  ['its subject is another one', text((raw) => raw.replace('Subject: message', 'Subject: massage')), /other bytes/],
  ['its recipient is another one', text((raw) => raw.replace('To: b@', 'To: c@')), /other bytes/],
  ['another message stands there', () => mail(8), /another message in its place/],
  ['all of it is another letter', (raw) => Buffer.alloc(raw.length, 'x'), /other bytes/],
];

describe.each(['UIDPLUS', 'UIDPLUS LITERAL+', ''])('a destination that keeps the length of a message (%s)', (caps) => {
  it.each(DAMAGES)('and %s is found out, and it is not sent again without an order', async (_, change) => {
    const move = await moveBetween({ folders: { INBOX: many(5) } }, making(change, caps), {
      steps: ['move', 'resume'],
    });

    expect(move.exits).toEqual([3, 3]);
    expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['2']);
    expect(move.mailbox.state).toMatchObject({ kind: 'incomplete' });
  });
});

it.each(DAMAGES)('says what is wrong where %s', async (_, change, told) => {
  const move = await moveBetween({ folders: { INBOX: many(5) } }, making(change), {});

  expect(move.told).toMatch(told);
  expect(move.destination.log.filter((line) => / APPEND /.test(line))).toHaveLength(5);
});

it('reads all of a large folder back once one of the sample is damaged', async () => {
  const zeroes = making(
    inBody((body) => Buffer.alloc(body.length, 'z')),
    'UIDPLUS',
    /^Subject: message \d*[05]\r$/m,
  );
  const move = await moveBetween({ folders: { INBOX: many(300) } }, zeroes);

  expect(move.exit).toBe(3);
  expect(move.open.reduce((sum, { uids }) => sum + uids.size, 0)).toBe(60);
});

it('looks into a large message, too', async () => {
  const large = mail(2, '', 'line of a large body\r\n'.repeat(20_000));
  const zeroes = making(inBody((body) => Buffer.alloc(body.length, 0x20)));
  const move = await moveBetween({ folders: { INBOX: box(mail(1), large, mail(3)) } }, zeroes);

  expect(move.exit).toBe(3);
  expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['2']);
});

it('pairs messages by their content where two were stored under the UIDs of each other', async () => {
  const held: OddContext[] = [];
  const on = {
    APPEND: (context: OddContext) => {
      if (!/^Subject: message [23]\r$/m.test(String(context.literal))) return undefined;
      held.push(context);
      // The other one is stored in its place.
      const other = /message 2\r/.test(String(context.literal)) ? mail(3) : mail(2);
      return [`%T OK [APPENDUID 77 ${context.store({ raw: other })}] done`];
    },
  };
  const move = await moveBetween(
    { folders: { INBOX: many(5) } },
    { caps: 'UIDPLUS', on },
    { steps: ['move', 'resume'] },
  );

  expect(held).toHaveLength(2);
  expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], alien: [], open: [] });
  expect(move.notes.map(({ sample }) => sample)).toEqual([expect.stringMatching(/APPENDUID was untrue/)]);
});

it.each([
  [
    'refuses to show headers',
    (context: OddContext) => (context.wants('BODY.PEEK[HEADER') ? ['%T NO not now'] : undefined),
  ],
  ['refuses to show parts', (context: OddContext) => (/<\d+\.\d+>/.test(context.args) ? ['%T BAD what?'] : undefined)],
  ['shows nothing of either', (context: OddContext) => (/BODY/.test(context.args) ? ['%T OK done'] : undefined)],
])('does not call mail damaged at a destination that %s', async (_, fetch) => {
  const on = { 'UID FETCH': fetch };
  const move = await moveBetween(
    { folders: { INBOX: many(5) } },
    { caps: 'UIDPLUS', on },
    { steps: ['move', 'resume'] },
  );

  expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], alien: [], open: [], notes: [] });
});

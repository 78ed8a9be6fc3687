import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, type OddContext, type OddSpec } from '../../support/odd-server.js';

/** Stores what it makes of each message. */
function making(change: (text: string) => string, caps: string): OddSpec {
  return {
    caps,
    on: {
      APPEND: (context: OddContext) => {
        const uid = context.store({ raw: Buffer.from(change(String(context.literal))) });
        return [caps.includes('UIDPLUS') ? `%T OK [APPENDUID 77 ${uid}] done` : '%T OK done'];
      },
    },
  };
}

const CHANGES: readonly (readonly [what: string, change: (text: string) => string, noted: RegExp])[] = [
  ['a space behind an empty header', (text) => text.replace('X-Empty:\r', 'X-Empty: \r'), /white space in headers/],
  ['two blanks made one', (text) => text.replace('X-Wide:  value', 'X-Wide: value'), /white space in headers/],
  ['headers of an mbox file', (text) => `X-IMAPbase: 1 2\r\nX-UID: 1\r\n${text}`, /headers of an mbox file/],
  ['a header more', (text) => `X-Scanned: yes\r\n${text}`, /not what was sent/],
  ['another subject', (text) => text.replace('Subject: ', 'Subject: [SPAM?] '), /not what was sent/],
  ['a line more at the end', (text) => `${text}-- \r\nchecked\r\n`, /not what was sent/],
];

describe.each(['UIDPLUS', ''])('a destination that changes a message (%s)', (caps) => {
  it.each(CHANGES)('%s: is noted, message by message', async (_, change, noted) => {
    const folders = { INBOX: box(mail(1), mail(2, 'X-Empty:\r\nX-Wide:  value\r\n')) };
    const onlySecond = (text: string) => (text.includes('Subject: message 2') ? change(text) : text);

    const move = await moveBetween({ folders }, making(onlySecond, caps), { steps: ['move', 'resume'] });

    expect(move).toMatchObject({ exits: [0, 0], open: [] });
    expect(move.notes).toHaveLength(1);
    expect(move.notes[0]!.sample).toMatch(noted);
    expect(move.notes[0]!.uids.toString()).toBe('2');
    expect(move.destination.folders.INBOX!.messages).toHaveLength(2);
  });
});

it('notes a changed size where the destination does not give the message back', async () => {
  const folders = { INBOX: box(mail(1), mail(2)) };
  const keepsBack = making((text) => (text.includes('message 2') ? `X-More: 1\r\n${text}` : text), 'UIDPLUS');
  const destination: OddSpec = {
    ...keepsBack,
    on: {
      ...keepsBack.on,
      'UID FETCH': (context) => (context.wants('BODY') ? ['%T OK nothing'] : undefined),
    },
  };

  const move = await moveBetween({ folders }, destination);

  expect(move.notes.map(({ sample }) => sample)).toEqual([
    expect.stringMatching(/^stored with another size, and it could not be read again to see why/),
  ]);
});

it.each(['UIDPLUS', ''])(
  'does not call a mailbox synced whose message is cut short at the destination (%s)',
  async (caps) => {
    const folders = { INBOX: box(mail(1), mail(2, '', `${'a long body\r\n'.repeat(100)}`)) };
    const cut = making((text) => (text.includes('message 2') ? text.slice(0, -600) : text), caps);

    const move = await moveBetween({ folders }, cut);

    expect(move.exit).toBe(3);
    expect(move.told).toMatch(/the destination holds \d+ bytes of a message of \d+/);
    expect(move.mailbox.state).toMatchObject({
      kind: 'incomplete',
      left: 1,
      because: { key: 'short', by: [{ kind: 'cut short', messages: 1, folders: 1 }] },
    });
  },
);

it.each([7, 30])('nor one of whose messages only the last %d bytes are missing there', async (bytes) => {
  const folders = { INBOX: box(mail(1), mail(2, '', 'a body whose end is missing\r\n')) };
  const cut = making((text) => (text.includes('message 2') ? text.slice(0, -bytes) : text), 'UIDPLUS');

  const move = await moveBetween({ folders }, cut);

  expect(move.exit).toBe(3);
  expect(move.told).toMatch(/the destination holds \d+ bytes of a message of \d+/);
});

it('notes a message whose empty lines at the end are left out', async () => {
  const folders = { INBOX: box(mail(1), mail(2, '', 'a body\r\n\r\n  \r\n')) };
  const trims = making((text) => (text.includes('message 2') ? text.trimEnd() : text), 'UIDPLUS');

  expect(await moveBetween({ folders }, trims)).toMatchObject({ exit: 0, open: [], notes: [{}] });
});

it('calls a mailbox synced whose message the destination refuses: it is failed, and all is accounted for', async () => {
  const move = await moveBetween(
    { folders: { INBOX: box(mail(1), mail(2)) } },
    {
      on: {
        APPEND: ({ literal }) => (/message 2/.test(String(literal)) ? ['%T NO message contains a virus'] : undefined),
      },
    },
  );

  expect(move).toMatchObject({ exit: 3, mailbox: { state: { kind: 'synced' }, counts: { copied: 1, failed: 1 } } });
});

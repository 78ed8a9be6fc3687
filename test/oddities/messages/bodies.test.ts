import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, type OddContext, type OddSpec, type RowChange, three } from '../../support/odd-server.js';

/** A source whose second message comes otherwise, whenever its body is asked for. */
const secondComes = (change: RowChange, messages: readonly Buffer[]): OddSpec => ({
  folders: { INBOX: box(...messages) },
  on: {
    'UID FETCH': (context: OddContext) =>
      context.wants('BODY') ? context.rows(({ uid }) => (uid === 2 ? change : undefined)) : undefined,
  },
});

const cutCleanly = (bytes: number): OddSpec => {
  const messages = [mail(1), mail(2, '', 'a body that is cut\r\n'), mail(3)];
  return secondComes({ raw: messages[1]!.subarray(0, messages[1]!.length - bytes) }, messages);
};

describe('a body that is not what was listed', () => {
  it('is asked for in parts where fewer bytes were announced than come', async () => {
    const messages = [mail(1), Buffer.concat([mail(2), Buffer.from('Kind regards')]), mail(3)];
    const move = await moveBetween(secondComes({ short: -12 }, messages));
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });

  it.each([1, 7, 20])('is entered with the numbers where %d bytes are missing at its end', async (bytes) => {
    const move = await moveBetween(cutCleanly(bytes));
    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], doubled: [], alien: [] });
    expect(move.told).toMatch(/lists this message with \d+ bytes and gives \d+/);
    expect(String(move.open[0]?.uids)).toBe('2');
    expect(move.mailbox.state).toMatchObject({
      kind: 'incomplete',
      left: 1,
      because: { key: 'short', by: [{ kind: 'not as listed', messages: 1, folders: 1 }] },
    });
  });

  it.each([
    ['blanks', ' '.repeat(12)],
    ['line ends', '\r\n'.repeat(6)],
    ['NUL', '\0'.repeat(12)],
    ['one character again and again', 'x'.repeat(12)],
  ])('is entered with the numbers where the source fills it up with %s', async (_what, filling) => {
    const messages = [mail(1), mail(2), mail(3), mail(4)];
    const raw = Buffer.concat([messages[1]!, Buffer.from(filling)]);
    const move = await moveBetween(secondComes({ raw }, messages));
    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], doubled: [], alien: [] });
    expect(move.told).toMatch(/lists this message with 140 bytes and gives 152/);
  });

  it('is sent with CRLF where the source counts it and sends LF', async () => {
    const messages = [mail(1), mail(2), mail(3)];
    const raw = Buffer.from(messages[1]!.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
    const move = await moveBetween(secondComes({ raw }, messages));
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
  });

  it.each([
    ['of another size', 'a longer body than the others\r\n'],
    ['of the same size', 'body 2\r\n'],
  ])('is entered where it is another message %s', async (_what, body) => {
    const messages = [mail(1), mail(2), mail(3, '', body)];
    const move = await moveBetween(secondComes({ raw: messages[2]! }, messages));
    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], doubled: [], alien: [] });
    expect(move.told).toContain('another message for this UID');
    expect(move.told).toContain('<m2@old.example>');
  });

  it('is entered where it is a message of the same size that is not in the folder', async () => {
    const move = await moveBetween(secondComes({ raw: mail(9) }, [mail(1), mail(2), mail(3)]));
    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], alien: [] });
  });

  it('is entered under both UIDs where two messages of one size were exchanged', async () => {
    const messages = [mail(1), mail(2), mail(3)];
    const move = await moveBetween({
      folders: { INBOX: box(...messages) },
      on: {
        'UID FETCH': (context) =>
          context.wants('BODY')
            ? context.rows(({ uid }) => ({ raw: messages[uid === 2 ? 2 : uid === 3 ? 1 : 0]! }))
            : undefined,
      },
    });
    expect(move).toMatchObject({ exit: 3, alien: [], doubled: [] });
    expect(move.missing).toHaveLength(2);
  });

  it.each(['""', '{0}\r\n', 'NIL'])('is entered where it is %s though the header has lines', async (body) => {
    const empty: OddSpec = {
      folders: three(),
      on: {
        'UID FETCH': (context) =>
          context.rows(({ uid }) => (uid !== 2 ? undefined : context.wants('BODY') ? { body } : { size: 0 })),
      },
    };
    const move = await moveBetween(empty);
    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], alien: [] });
    expect(String(move.open[0]?.uids)).toBe('2');
  });
});

describe('a size that is wrong of a body that is right', () => {
  const sizes = (of: (length: number) => number | string): OddSpec => ({
    folders: three(),
    on: {
      'UID FETCH': (context) =>
        context.wants('RFC822.SIZE') ? context.rows(({ raw }) => ({ size: of(raw.length) })) : undefined,
    },
  });

  it.each([
    ['half of it', (length: number) => Math.ceil(length / 2)],
    ['three times as much', (length: number) => length * 3],
    ['a few bytes more', (length: number) => length + 5],
  ])('is copied, with one note for the folder: %s', async (_what, of) => {
    const move = await moveBetween(sizes(of));
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    const [note, ...more] = move.notes.filter(({ sample }) => sample.startsWith('RFC822.SIZE of the source'));
    expect(String(note?.uids)).toBe('1:3');
    expect(more).toEqual([]);
  });

  it.each([
    ['line ends counted once', (length: number) => length - 7],
    ['none', () => 0],
  ])('is copied without a word: %s', async (_what, of) => {
    const move = await moveBetween(sizes(of));
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], notes: [] });
  });
});

describe('bodies that are equal', () => {
  it('are all copied where the source holds them so often', async () => {
    const move = await moveBetween({ folders: { INBOX: box(mail(1), mail(1), mail(2), mail(1)) } });
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });

  it('are copied where they are empty indeed', async () => {
    const move = await moveBetween({ folders: { INBOX: box(mail(1), Buffer.alloc(0), mail(3)) } });
    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });
});

it('asks an ordinary source for nothing more than before', async () => {
  const folders = { INBOX: box(...[1, 22, 333].map((n) => mail(n))), Work: box(mail(4), mail(55)) };
  const move = await moveBetween({ folders });
  const fetches = move.source.log.filter((line) => /BODY\.PEEK\[\]|MESSAGE-ID DATE/.test(line));
  expect(fetches).toHaveLength(2);
});

import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, DROP, HALF, type Item, mail, many, type OddContext, type OddSpec } from '../../support/odd-server.js';

const MINUTE = 60_000;
const UNAVAILABLE = '%T NO [UNAVAILABLE] index is broken';
const folders = (count = 40) => ({ INBOX: many(count), Later: box(mail(900)) });

/** Reading one of these messages of INBOX breaks, whole or not as `when` says. */
const breaks = (
  uids: readonly number[],
  reply: (context: OddContext) => readonly Item[],
  when: (context: OddContext) => boolean = () => true,
): OddSpec['on'] => ({
  'UID FETCH': (context) =>
    context.connection.open === 'INBOX' && when(context) && context.uids.some((uid) => uids.includes(uid))
      ? reply(context)
      : undefined,
});
const listing = (context: OddContext) => !context.wants('BODY');

describe('a message with which the source cannot list its folder', () => {
  const kinds: readonly (readonly [string, (context: OddContext) => readonly Item[]])[] = [
    ['drops', () => [DROP]],
    ['says BYE', () => ['* BYE Internal error 17', DROP]],
    ['gives those before it and drops', (c) => [...c.rows((m) => (m.uid < 7 ? undefined : 'omit')).slice(0, -1), DROP]],
    ['falls silent', () => [HALF]],
    ['refuses', () => [UNAVAILABLE]],
    ['refuses otherwise', () => ['%T NO some messages could not be read']],
  ];

  it.each(kinds)('%s: it is entered alone where its body breaks too', async (_, reply) => {
    const move = await moveBetween({ folders: folders(), on: breaks([7], reply) ?? {} });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 7 /)], doubled: [], alien: [] });
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`)).toEqual(['INBOX 7']);
    expect(move.took).toBeLessThan(4 * MINUTE);
  });

  it.each(kinds)('%s: it arrives where its body comes', async (_, reply) => {
    const move = await moveBetween({ folders: folders(), on: breaks([7], reply, listing) ?? {} });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });

  it('lets the rest arrive within a minute', async () => {
    const move = await moveBetween({ folders: folders(300), on: breaks([1, 150, 300], () => [DROP]) ?? {} });

    expect(move.missing).toHaveLength(3);
    expect(move.open.map(({ uids }) => `${uids}`).join()).toBe('1,150,300');
    expect(move.took).toBeLessThan(2 * MINUTE);
  });

  it('is found without SEARCH where that drops the connection too', async () => {
    const search: OddSpec['on'] = {
      'UID SEARCH': ({ connection }) => (connection.open === 'INBOX' ? [DROP] : undefined),
    };
    const move = await moveBetween({ folders: folders(), on: { ...breaks([7], () => [DROP]), ...search } });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 7 /)], doubled: [], alien: [] });
    expect(move.open.map(({ folder, uids }) => `${folder} ${uids}`)).toEqual(['INBOX 7']);
  });
});

describe('a message with which the destination cannot read its folder back', () => {
  it.each<[string, string, (context: OddContext) => readonly Item[]]>([
    ['drops', 'UIDPLUS', () => [DROP]],
    ['drops', '', () => [DROP]],
    ['falls silent', 'UIDPLUS', () => [HALF]],
    ['refuses', 'UIDPLUS', () => [UNAVAILABLE]],
    ['refuses', '', () => [UNAVAILABLE]],
  ])('%s (%s): it is entered alone, and nothing is sent twice', async (_, caps, reply) => {
    const move = await moveBetween(
      { folders: folders() },
      { caps, on: breaks([7], reply) ?? {} },
      { steps: ['move', 'resume'] },
    );

    expect(move).toMatchObject({ exits: [3, 3], missing: [], doubled: [], alien: [] });
    expect(move.told).toMatch(/^destination INBOX: the destination cannot read UID 7 of this folder/);
    expect(move.open).toHaveLength(1);
    expect(move.mailbox.state).toMatchObject({ kind: 'incomplete' });
  });

  it('is looked at again by the next run, and is no failure any more when it can be read', async () => {
    let isBroken = true;
    const move = await moveBetween(
      { folders: folders() },
      {
        caps: 'UIDPLUS',
        on:
          breaks(
            [7],
            () => [DROP],
            () => isBroken,
          ) ?? {},
      },
      {
        steps: [
          'move',
          () => {
            isBroken = false;
          },
          'resume',
        ],
      },
    );

    expect(move).toMatchObject({ exits: [3, 0], missing: [], doubled: [], alien: [], open: [] });
  });

  it.each<[string, readonly Item[]]>([
    ['drops', [DROP]],
    ['refuses', [UNAVAILABLE]],
  ])('%s when it is read whole', async (_, reply) => {
    const odd = { INBOX: box(...Array.from({ length: 20 }, (_, at) => mail(at + 1, 'X-Odd: \xff\r\n'))) };
    const move = await moveBetween(
      { folders: odd },
      {
        caps: 'UIDPLUS',
        on:
          breaks(
            [7],
            () => reply,
            (context) => context.wants('BODY'),
          ) ?? {},
      },
    );

    expect(move).toMatchObject({ exit: 3, missing: [], doubled: [], alien: [] });
    expect(move.told).toMatch(/^destination INBOX: the destination cannot read UID 7 of this folder/);
    expect(move.open).toHaveLength(1);
  });
});

import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { arrives, box, mail, three } from '../../support/odd-server.js';

const folders = () => ({ ...three(), Later: box(mail(20)) });
const ONE_AT_A_TIME = /does not serve a command behind an unanswered one/g;

describe('a server that serves one command at a time', () => {
  it.each(['one a time', 'first of packet'] as const)(
    'is read whole, and that is said once (%s)',
    async (pipelining) => {
      const move = await moveBetween({ folders: folders(), pipelining }, { caps: 'UIDPLUS' });

      expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
      expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
      expect(move.took).toBeLessThan(30_000);
    },
  );

  it.each(['one a time', 'first of packet'] as const)('is written to and read back (%s)', async (pipelining) => {
    const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS', pipelining });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.open).toEqual([]);
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
  });

  it('is served so in the next run from its first refusal on, for new mail too', async () => {
    const move = await moveBetween(
      { folders: folders(), pipelining: 'one a time' },
      {},
      { steps: ['move', ({ source }) => void arrives(source.folders.INBOX!, mail(9)), 'resume'] },
    );

    expect(move).toMatchObject({ exits: [0, 0], missing: [], doubled: [], alien: [] });
  });

  it('is found out by one mailbox for all of the batch', async () => {
    const users = ['ann', 'ben', 'cat'];
    const boxes = Object.fromEntries(users.map((user) => [user, folders()]));
    const there = Object.fromEntries(users.map((user) => [user, { INBOX: box() }]));
    const move = await moveBetween(
      { foldersFor: (user) => boxes[user]!, pipelining: 'first of packet' },
      { foldersFor: (user) => there[user]! },
      { users, options: { concurrency: 1 } },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
  });
});

describe('a server that loses a command behind the opening of a folder', () => {
  it('is found out by the first one that it never answers, and then served one at a time', async () => {
    const night: { now: () => number } = { now: () => 0 };
    const openedAt = new WeakMap<object, number>();
    const move = await moveBetween(
      {
        folders: folders(),
        on: {
          EXAMINE: (context) => {
            openedAt.set(context.connection, night.now());
            return [{ wait: 100 }, ...context.normal()];
          },
          'UID FETCH': ({ connection }) => (night.now() - (openedAt.get(connection) ?? 0) < 100 ? [] : undefined),
        },
      },
      {},
      {
        steps: [
          ({ clock }) => {
            night.now = () => clock.now();
          },
          'move',
        ],
      },
    );

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [], open: [] });
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
    expect(move.took).toBeLessThan(90_000);
  });
});

describe('a server that refuses a command for what it is', () => {
  it('is asked once more at most for each, and goes on being sent many at a time', async () => {
    const bad = (context: { targetName: string }) =>
      /bad/.test(context.targetName) ? ['%T BAD not this one'] : undefined;
    const many = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`bad${at}`, box()]));
    const move = await moveBetween({ folders: { ...folders(), ...many }, on: { STATUS: bad, EXAMINE: bad } });

    expect(move).toMatchObject({ exit: 3, missing: [], doubled: [], alien: [] });
    expect(move.said).not.toMatch(ONE_AT_A_TIME);
    const statuses = move.source.log.filter((line) => /STATUS "bad/.test(line));
    expect(statuses.length).toBeLessThanOrEqual(10 + 3);
  });
});

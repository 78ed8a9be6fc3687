import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { arrives, box, DROP, HALF, type Item, mail, type OddContext, type OddSpec } from '../../support/odd-server.js';

const MINUTE = 60_000;
const folders = () => ({ INBOX: box(mail(1), mail(2)), Work: box(mail(4)), Zeta: box(mail(5)) });

const REPLIES: readonly [string, readonly Item[]][] = [
  ['drops', [DROP]],
  ['falls silent', [HALF]],
  ['says that it cannot now', ['%T NO [UNAVAILABLE] Server error 17']],
];

/** Answers so to a command about INBOX. */
function atInbox(command: string, reply: readonly Item[], isBad = () => true): OddSpec['on'] {
  return { [command]: ({ targetName }: OddContext) => (targetName === 'INBOX' && isBad() ? reply : undefined) };
}

/** INBOX is opened in the flight in which the folders are listed, so what it breaks is more than itself. */
describe('an INBOX that breaks the connection when it is opened', () => {
  it.each(REPLIES)('%s: it is entered, and the other folders arrive', async (_, reply) => {
    const move = await moveBetween({ folders: folders(), on: atInbox('EXAMINE', reply) });

    expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
    expect(move.missing).toEqual([expect.stringMatching(/^message 1 /), expect.stringMatching(/^message 2 /)]);
    expect(move.open.map(({ side, folder, command }) => `${side} ${command} ${folder}`)).toEqual([
      'source EXAMINE INBOX',
    ]);
    expect(move.took).toBeLessThan(3 * MINUTE);
  });

  it.each(REPLIES)('%s in a later run: new mail of all folders but this one arrives', async (_, reply) => {
    let [isBad, began] = [false, 0];
    const move = await moveBetween(
      { folders: folders(), on: atInbox('EXAMINE', reply, () => isBad) },
      {},
      {
        steps: [
          'move',
          ({ source, clock }) => {
            [isBad, began] = [true, clock.now()];
            for (const [folder, number] of [
              ['INBOX', 7],
              ['Zeta', 8],
            ] as const)
              arrives(source.folders[folder]!, mail(number));
          },
          'resume',
        ],
      },
    );

    expect(move).toMatchObject({
      exits: [0, 3],
      missing: [expect.stringMatching(/^message 7 /)],
      doubled: [],
      alien: [],
    });
    expect(move.open.map(({ folder, command }) => `${command} ${folder}`)).toEqual(['EXAMINE INBOX']);
    expect(move.clock.now() - began).toBeLessThan(3 * MINUTE);
  });

  it.each(REPLIES)(
    '%s at the destination: what it holds is not proven, and the other folders are',
    async (_, reply) => {
      const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS', on: atInbox('SELECT', reply) });

      expect(move).toMatchObject({ exit: 3, doubled: [], alien: [] });
      expect(move.missing.filter((one) => !/^message [12] /.test(one))).toEqual([]);
      expect(new Set(move.open.map(({ folder }) => folder))).toEqual(new Set(['INBOX']));
      expect(move.took).toBeLessThan(3 * MINUTE);
    },
  );
});

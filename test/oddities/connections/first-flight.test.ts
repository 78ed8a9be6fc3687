import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { DROP, type Item, type OddContext, type OddSpec, three } from '../../support/odd-server.js';

const WORDS = 'Unsafe Login. Please contact postmaster@provider.example for help';

/** Lets nobody work who has not sent ID on this connection. */
function wantsId(commands: readonly string[], refusal: readonly Item[]): NonNullable<OddSpec['on']> {
  const reply = ({ connection }: OddContext) => (connection.introduced ? undefined : refusal);
  return Object.fromEntries(commands.map((command) => [command, reply]));
}

const NO: readonly Item[] = [`%T NO ${WORDS}`];
const BYE: readonly Item[] = [`* BYE ${WORDS}`, DROP];

describe('a server that serves nobody who has not said who it is', () => {
  it.each([
    ['source', ['EXAMINE', 'SELECT'], NO],
    ['source', ['EXAMINE', 'SELECT'], BYE],
    ['source', ['LIST', 'STATUS', 'EXAMINE'], NO],
    ['destination', ['SELECT', 'EXAMINE'], NO],
    ['destination', ['SELECT', 'STATUS', 'CREATE', 'APPEND'], NO],
    ['destination', ['SELECT', 'STATUS', 'APPEND'], BYE],
  ] as const)('is told on every connection (%s, %j)', async (side, commands, refusal) => {
    const odd: OddSpec = {
      caps: 'ID UIDPLUS',
      folders: side === 'source' ? three() : undefined,
      on: wantsId(commands, refusal),
    } as OddSpec;
    const move = await moveBetween(side === 'source' ? odd : {}, side === 'source' ? {} : odd);

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    const { log, connections } = move[side];
    expect(
      log.filter((line) =>
        / ID \("name" "Nightferry" "version" "[^"]+" "vendor" "[^"]+"(?: "support-url" "[^"]+")?\)$/.test(line),
      ),
    ).toHaveLength(connections);
  });

  it('is told after it has asked for it, also where it offers no ID', async () => {
    const move = await moveBetween({ on: wantsId(['EXAMINE'], NO) });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
    expect(move.took).toBeLessThan(10_000);
  });

  it('is held with its words where ID does not help', async () => {
    const move = await moveBetween({ on: { EXAMINE: () => NO } });

    expect(move.exit).toBe(3);
    expect(move.told).toMatch(/Unsafe Login/);
  });

  it('may refuse ID itself', async () => {
    const move = await moveBetween({ caps: 'ID', on: { ID: () => ['%T BAD invalid command'] } });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], alien: [] });
  });
});

import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, DROP, type Item, mail, many, type OddContext, type OddSpec, three } from '../../support/odd-server.js';

const folders = () => ({ ...three(), Later: many(12, 11), Zeta: box(mail(30)) });
const whole = { missing: [], doubled: [], alien: [] };

describe('a source that drops the line behind the last row of an answer', () => {
  const isBody = (context: OddContext) => context.connection.open === 'Later' && context.wants('BODY');

  it('has given what came', async () => {
    const on = {
      'UID FETCH': (context: OddContext): readonly Item[] | undefined =>
        isBody(context) && context.uids.includes(5) ? [...context.normal().slice(0, -1), DROP] : undefined,
    };
    const move = await moveBetween({ folders: folders(), on });

    expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
    expect(move.took).toBeLessThan(60_000);
  });

  it('has one message entered where its last bytes are missing', async () => {
    const on = {
      'UID FETCH': (context: OddContext): readonly Item[] | undefined => {
        if (!isBody(context) || !context.uids.includes(5)) return undefined;
        const rows = context.normal().slice(0, -1) as Buffer[];
        return [...rows.slice(0, -1), rows.at(-1)!.subarray(0, -3), DROP];
      },
    };
    const move = await moveBetween({ folders: folders(), on });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 15 /)], doubled: [], alien: [] });
    expect(move.took).toBeLessThan(60_000);
  });
});

describe('a server that drops the line when it is asked for something about its folders', () => {
  it.each(['source', 'destination'] as const)('is copied without its subscriptions: LSUB (%s)', async (side) => {
    const odd: OddSpec = { on: { LSUB: () => [DROP] } };
    const move = await moveBetween(
      { folders: folders(), ...(side === 'source' ? odd : {}) },
      side === 'destination' ? odd : {},
    );

    expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
    expect(move.took).toBeLessThan(60_000);
  });

  it('is copied, and its namespaces are an open failure: NAMESPACE', async () => {
    const move = await moveBetween({ folders: folders(), on: { NAMESPACE: () => [DROP] } });

    expect(move).toMatchObject({ exit: 3, ...whole });
    expect(move.told).toMatch(/NAMESPACE could not be read: .* \(the connection drops under NAMESPACE\)/);
  });

  it('is done with an empty folder whose listing drops the line: EXISTS says that there is nothing', async () => {
    const on = {
      'UID FETCH': ({ messages }: OddContext): readonly Item[] | undefined =>
        messages.length === 0 ? ['* BYE empty', DROP] : undefined,
    };
    const move = await moveBetween({ folders: { ...folders(), Empty: box(), Void: box() }, on });

    expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
    expect(Object.keys(move.destination.folders)).toContain('Void');
    expect(move.took).toBeLessThan(60_000);
  });
});

import { describe, expect, it } from 'vitest';
import { moveBetween, type OddWorld } from '../../support/odd-move.js';
import { box, type Item, mail, many, type OddContext, type OddSpec, three } from '../../support/odd-server.js';

const folders = () => ({ ...three(), Later: many(40, 11) });
const FREEZE = 30 * 60_000;

/** A destination whose folder Later is opened for reading only, and takes nothing, for half an hour. */
function freezes(refusal: string, caps: string): { odd: OddSpec; begins: (world: OddWorld) => void } {
  let now = () => 0;
  const isFrozen = ({ targetName }: OddContext) => targetName === 'Later' && now() < FREEZE;
  const odd: OddSpec = {
    caps,
    folders: { INBOX: box(), Later: box(mail(99)) },
    on: {
      SELECT: (context): readonly Item[] | undefined =>
        isFrozen(context)
          ? context.normal().map((item) => (typeof item === 'string' ? item.replace('READ-WRITE', 'READ-ONLY') : item))
          : undefined,
      APPEND: (context) => (isFrozen(context) ? [refusal] : undefined),
    },
  };
  const begins = ({ clock }: OddWorld) => {
    now = () => clock.monotonic();
  };
  return { odd, begins };
}

describe('a folder that the destination opens for reading only', () => {
  it.each([
    ['%T NO APPEND failed', 'UIDPLUS'],
    ['%T NO [CANNOT] not allowed', ''],
    ['%T NO cutover', 'UIDPLUS MULTIAPPEND LITERAL+'],
  ])('is waited for, and costs no try for each message: %s (%s)', async (refusal, caps) => {
    const { odd, begins } = freezes(refusal, caps);
    const move = await moveBetween({ folders: folders() }, odd, { steps: [begins, 'move'] });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [] });
    expect(move.took).toBeGreaterThan(FREEZE);
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { copied: 43, failed: 0 } });
  });

  it('takes messages all the same, and refuses one for what it is', async () => {
    const odd: OddSpec = {
      caps: 'UIDPLUS',
      on: {
        SELECT: (context): readonly Item[] | undefined =>
          context.normal().map((item) => (typeof item === 'string' ? item.replace('READ-WRITE', 'READ-ONLY') : item)),
        APPEND: ({ literal }) => (/message 2\r/.test(String(literal)) ? ['%T NO contains a virus'] : undefined),
      },
    };
    const move = await moveBetween({}, odd);

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 2 /)], doubled: [], alien: [] });
    expect(move.told).toMatch(/virus/);
  });
});

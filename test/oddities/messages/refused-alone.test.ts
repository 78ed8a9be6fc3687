import { describe, expect, it } from 'vitest';
import { moveBetween } from '../../support/odd-move.js';
import { box, mail, many, type OddContext } from '../../support/odd-server.js';

const MINUTE = 60_000;
const folders = () => ({ INBOX: many(12), Later: box(mail(20)) });

describe('a source that answers NO [LIMIT] to each FETCH with one of the messages', () => {
  it('gives the others, and that one is an open failure', async () => {
    const on = {
      'UID FETCH': (context: OddContext) =>
        context.wants('BODY') && context.connection.open === 'INBOX' && context.uids.includes(7)
          ? ['%T NO [LIMIT] too much']
          : undefined,
    };
    const move = await moveBetween({ folders: folders(), on }, { caps: 'UIDPLUS' });

    expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(/^message 7 /)], doubled: [] });
    expect(move.open.map(({ uids }) => `${uids}`)).toEqual(['7']);
    expect(move.took).toBeLessThan(10 * MINUTE);
  });

  it('is waited for where it gives no message at all', async () => {
    let refusals = 0;
    const on = {
      'UID FETCH': (context: OddContext) =>
        context.wants('BODY') && ++refusals <= 12 ? ['%T NO [LIMIT] slow down'] : undefined,
    };
    const move = await moveBetween({ folders: folders(), on }, { caps: 'UIDPLUS' });

    expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [] });
  });
});

describe.each(['UNAVAILABLE', 'INUSE', 'SERVERBUG'])('a destination that answers NO [%s] to one message', (code) => {
  it.each([1, 7])(
    'takes the others, and message %i is an open failure, also where no other is left',
    async (number) => {
      const isIt = new RegExp(`message ${number}\\r`);
      const on = {
        APPEND: ({ literal }: OddContext) => (isIt.test(String(literal)) ? [`%T NO [${code}] not now`] : undefined),
      };
      const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS', on });

      expect(move).toMatchObject({ exit: 3, missing: [expect.stringMatching(`^message ${number} `)], doubled: [] });
      expect(move.open.map(({ uids }) => `${uids}`)).toEqual([`${number}`]);
      expect(move.took).toBeLessThan(60 * MINUTE);
    },
  );
});

it('convicts no message for a destination that is away from the middle of a folder on, for an hour', async () => {
  let now = () => 0;
  let taken = 0;
  const on = {
    APPEND: () => (taken >= 6 && now() < 60 * MINUTE ? ['%T NO [UNAVAILABLE] back in an hour or so'] : void taken++),
  };
  const begins = ({ clock }: { readonly clock: { monotonic(): number } }) => {
    now = () => clock.monotonic();
  };
  const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS', on }, { steps: [begins, 'move'] });

  expect(move).toMatchObject({ exit: 0, missing: [], doubled: [], open: [] });
});

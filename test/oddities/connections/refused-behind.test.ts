import { describe, expect, it } from 'vitest';
import { moveBetween, type Step } from '../../support/odd-move.js';
import { box, type Item, mail, many, type OddContext, type Reply, three } from '../../support/odd-server.js';

const folders = () => ({ ...three(), Later: many(6, 11), Zeta: box(mail(30)) });
const whole = { missing: [], doubled: [], alien: [] };
const ONE_AT_A_TIME = /does not serve a command behind an unanswered one/g;

/** A server that takes 50 ms for a command, and refuses what comes meanwhile on that connection. */
function slowly(command: string, others: readonly string[], refusal: string) {
  let now = () => 0;
  const busyUntil = new Map<number, number>();
  const isBusy = ({ connection }: OddContext) => now() < (busyUntil.get(connection.number) ?? 0);
  const refuses: Reply = (context) => (isBusy(context) ? [refusal] : undefined);
  const takesLong = (context: OddContext): readonly Item[] => {
    if (isBusy(context) && others.includes(context.command)) return [refusal];
    busyUntil.set(context.connection.number, now() + 50);
    return [{ wait: 50 }, ...context.normal()];
  };
  const steps: readonly Step[] = [
    ({ clock }) => {
      now = () => clock.monotonic();
    },
    'move',
  ];
  return { on: { ...Object.fromEntries(others.map((other) => [other, refuses])), [command]: takesLong }, steps };
}

describe('a server that refuses what comes behind an unanswered command, with NO', () => {
  it('is read one command at a time from then on', async () => {
    const { on, steps } = slowly('EXAMINE', ['UID FETCH', 'UID SEARCH', 'STATUS'], '%T NO not now');
    const move = await moveBetween({ folders: folders(), on }, {}, { steps });

    expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
    expect(move.said.match(ONE_AT_A_TIME)).toHaveLength(1);
  });

  it.each(['UIDPLUS', 'UIDPLUS LITERAL+'])('is written to one message at a time (%s)', async (caps) => {
    const { on, steps } = slowly('APPEND', ['APPEND'], '%T NO [INUSE] one at a time');
    const move = await moveBetween({ folders: folders() }, { caps, on }, { steps });

    expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
  });
});

describe('a destination that cannot take messages for a moment', () => {
  it.each(['[INUSE] locked', '[UNAVAILABLE] later'])('is tried again in the same run: NO %s', async (words) => {
    let refusals = 2;
    const on = { APPEND: (): readonly Item[] | undefined => (refusals-- > 0 ? [`%T NO ${words}`] : undefined) };
    const move = await moveBetween({ folders: folders() }, { caps: 'UIDPLUS', on });

    expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
    expect(move.mailbox).toMatchObject({ state: { kind: 'synced' }, counts: { left: 0, failed: 0 } });
    expect(move.took).toBeLessThan(60_000);
  });
});

it('goes on behind the rows that came where a source has done enough, and says LIMIT', async () => {
  const two = (context: OddContext): readonly Item[] | undefined => {
    const rows = context.normal();
    return rows.length > 3 ? [...rows.slice(0, 2), '%T NO [LIMIT] too many'] : undefined;
  };
  const move = await moveBetween({ folders: folders(), on: { 'UID FETCH': two } });

  expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
  expect(move.took).toBeLessThan(60_000);
});

it.each(['APPENDLIMIT=abc', 'APPENDLIMIT=99999999999999999999', 'APPENDLIMIT=0'])(
  'takes %s for a limit that is not known',
  async (limit) => {
    const move = await moveBetween({ folders: folders() }, { caps: `UIDPLUS ${limit}` });
    expect(move).toMatchObject({ exit: 0, ...whole, open: [] });
  },
);

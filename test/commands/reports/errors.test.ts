import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorGroupEntity } from '../../../src/protocol/answers.js';
import { OF_A_RESPONSE } from '../../support/verdicts/grounds.js';
import { PLAN, RUN } from '../a-night.js';
import { AnOperator } from '../an-operator.js';
import { afterTheNight } from './a-stopped-night.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
  await operator.writes('school.csv', PLAN);
});
afterEach(() => operator.goesHome());

const printed = () => JSON.parse(operator.out.text);

describe('errors', () => {
  it('groups what failed by response code, most messages first, harmless for a terminal', async () => {
    await afterTheNight(operator);
    expect(await operator.runs('errors', 'school')).toBe(0);
    const each = operator.out.lines;
    expect(await operator.clears().runs('errors', 'school', '--all')).toBe(0);
    expect(operator.out.lines).toEqual([
      'OVERQUOTA, quota: 3 messages in 1 mailbox',
      '  ann@x destination APPEND INBOX UID 5:7 (1 time, last 1970-01-01T00:00:01Z)',
      '    NO [OVERQUOTA] full',
      '  -> raise the quota',
      'TOOBIG, message-policy: 1 message in 1 mailbox',
      '  bob@x destination APPEND Sent UID 1 (1 time, last 1970-01-01T00:00:01Z)',
      '    NO [TOOBIG] ?[2Jbig',
    ]);
    expect(each).toEqual(operator.out.lines);
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    expect(printed().groups).toMatchObject([
      { code: 'OVERQUOTA', messages: 3, entries: [{ mailbox: 'ann@x', uids: '5:7' }] },
      { code: 'TOOBIG' },
    ]);
  });

  it('are those of the running engine, of the same shape as from the files; cut short by it, those of the files', async () => {
    await afterTheNight(operator);
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    const fromFiles: ErrorGroupEntity[] = printed().groups;
    operator.clears();
    const engineHas = fromFiles.map((group) => ({ ...group, messages: 77 }));
    operator.work = () => undefined;
    const code = operator.runs('resume', 'school', '--plan', 'school.csv');
    await expect.poll(() => operator.engines.length).toBe(2);
    const engine = operator.engines.at(-1) ?? expect.unreachable();
    await expect.poll(() => operator.listening).toBeGreaterThan(0);
    engine.answers = () => ({ ok: true, errors: engineHas });
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    expect(printed().groups).toEqual(engineHas);
    engine.answers = () => ({ ok: true, errors: engineHas.map((group) => ({ ...group, size: 9_999 })) });
    expect(await operator.clears().runs('errors', 'school', '--json')).toBe(0);
    expect(printed().groups).toEqual(fromFiles);
    expect(engine.attending).toBe(0);
    engine.end(0);
    expect(await code).toBe(0);
  });

  it('are a line a response code where more failed than a screen shows', async () => {
    operator.work = async (engine, { store, batch }) => {
      const ann = await store.mailbox(batch.mailboxes[0]?.id ?? '');
      const verdict = {
        kind: 'folder',
        code: null,
        scope: 'folder',
        next: 'skip-folder',
        waitSeconds: 0,
        advice: { key: 'as-written', text: 'look' },
        rule: 'r',
        grounds: OF_A_RESPONSE,
      } as const;
      for (let at = 0; at < 20; at++) {
        const place = { side: 'destination', command: 'SELECT', folder: `F${at}`, at: 1_000 } as const;
        ann.errors.record({ ...place, uids: [], response: `NO it is ${at}`, verdict: { ...verdict, rule: `r${at}` } });
      }
      await ann.write();
      engine.end(3);
    };
    await operator.runs(...RUN);
    expect(await operator.clears().runs('errors', 'school')).toBe(0);
    expect(operator.out.lines.at(-1)).toBe('`nightferry errors school --all` lists each failure, `--csv` each message');
    expect(operator.out.lines.length).toBeLessThan(10);
    expect(await operator.clears().runs('errors', 'school', '--all')).toBe(0);
    expect(operator.out.lines.length).toBeGreaterThan(20);
  });

  it('keeps what was stored changed apart from what was refused, though both are of one kind', async () => {
    operator.work = async (engine, { store, batch }) => {
      const ann = await store.mailbox(batch.mailboxes[0]?.id ?? '');
      const policy = {
        kind: 'message-policy',
        code: null,
        scope: 'message',
        waitSeconds: 0,
        advice: { key: 'as-written', text: '' },
        rule: 'r',
      } as const;
      const place = { side: 'destination', command: 'APPEND', folder: 'INBOX', at: 1_000 } as const;
      const altered = 'stored, but changed by the destination';
      ann.errors.record({
        ...place,
        uids: [1, 2],
        response: altered,
        verdict: { ...policy, next: 'note', grounds: OF_A_RESPONSE },
      });
      ann.errors.record({
        ...place,
        uids: [3],
        response: 'NO no',
        verdict: { ...policy, next: 'skip-message', grounds: OF_A_RESPONSE },
      });
      await ann.write();
      engine.end(3);
    };
    await operator.runs(...RUN);
    expect(await operator.clears().runs('errors', 'school', '--all')).toBe(0);
    expect(operator.out.lines.filter((line) => !line.startsWith(' '))).toEqual([
      '(no code), message-policy: 1 message in 1 mailbox',
      'noted: (no code), message-policy: 2 messages in 1 mailbox',
    ]);
    await operator.clears().runs('errors', 'school', '--json');
    expect(printed().groups.map((group: { standing: string }) => group.standing)).toEqual(['open', 'settled']);
    await operator.clears().runs('status', 'school', '--json');
    expect(printed().batch.errors).toBe(1);
  });

  it('says that nothing failed', async () => {
    expect(await operator.runs(...RUN)).toBe(0);
    expect(await operator.clears().runs('errors', 'school')).toBe(0);
    expect(operator.out.lines).toEqual(['school: nothing failed']);
  });
});

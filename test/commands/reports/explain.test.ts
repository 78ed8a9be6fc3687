import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AnOperator } from '../an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

const printed = () => JSON.parse(operator.out.text);

describe('explain', () => {
  it('says what a line means', async () => {
    expect(
      await operator.runs('explain', 'NO [OVERQUOTA] \u001b[2Jfull', '--command', 'APPEND', '--side', 'destination'),
    ).toBe(0);
    expect(operator.out.text).toMatch(/kind +quota/);
    expect(operator.out.text).not.toContain('\u001b');
    expect(await operator.clears().runs('explain', 'NO [OVERQUOTA] full', '--json')).toBe(0);
    expect(printed()).toMatchObject({ side: 'source', kind: 'quota', code: 'OVERQUOTA', scope: 'mailbox' });
    expect(await operator.clears().runs('explain', 'hello world')).toBe(2);
    expect(operator.err.lines).toEqual([expect.stringContaining('no response of a server in "hello world"')]);
  });

  it('reads a log and tells each meaning once, with how often it stood there', async () => {
    operator.stdin = [
      'a1 OK done',
      'nothing of ours',
      ...Array.from({ length: 7 }, (_, i) => `12:0${i} S: a${i} NO [OVERQUOTA] full`),
      'x BAD [TOOBIG] big',
    ];
    expect(await operator.runs('explain', '--command', 'APPEND', '--side', 'dst')).toBe(0);
    expect(operator.out.lines.filter((line) => /^\d/.test(line))).toEqual([
      '7 lines like',
      '1 line like',
      '1 line without a response, the first is line 2: nothing of ours',
    ]);
    expect(operator.out.lines[1]).toBe('a0 NO [OVERQUOTA] full');
  });

  it('replays a log as JSON: one answer for each line, in order, whatever stands there', async () => {
    operator.stdin = [
      'A1 NO [OVERQUOTA] full',
      '',
      '{"line": "NO Rate limit hit, try again in 15 minutes", "command": "UID FETCH", "side": "source", "more": [1]}',
      '{"line": "* BYE Shutting down", "command": null, "side": "either"}',
      '{"side": "source"}',
      '{"line": 7}',
      '{ broken',
      '\u0007\u001b[2J',
      'a9 ok done\r',
    ];
    expect(await operator.runs('explain', '--json')).toBe(0);
    const answers = operator.out.lines.map((line) => JSON.parse(line));
    expect(
      answers.map(({ kind, code, waitSeconds, error, line }) => (kind ? [kind, code, waitSeconds] : [error, line])),
    ).toEqual([
      ['quota', 'OVERQUOTA', 0],
      ['throttled', null, 900],
      ['transient', null, 0],
      ['no response of a server in it', 5],
      ['no response of a server in it', 6],
      ['no response of a server in it', 7],
      ['no response of a server in it', 8],
      ['transient', null, 0],
    ]);
    for (const key of ['scope', 'rule', 'advice', 'next', 'reason', 'command', 'side', 'codeMeaning'])
      expect(answers[1]).toHaveProperty(key);
    expect(operator.out.text).not.toContain('\u001b');
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reachEndpoints } from '../../../src/commands/launch/reach-endpoints.js';
import type { Probed } from '../../../src/engine/login/probe.js';
import type { Batch } from '../../../src/store/batch/batch.js';
import { AnOperator } from '../an-operator.js';

const MOVE = ['move', 'imaps://ann@old.example', 'imaps://ann@new.example', '--plain'];
const SHOWN = 'AB'.repeat(32);
const UNTRUSTED: Probed = {
  kind: 'untrusted',
  code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
  certificate: { fingerprint: SHOWN, subject: 'CN=old', issuer: 'CN=school', validTo: 'Jan  1 00:00:00 2030 GMT' },
};

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

/** With passwords in the environment, which each command takes out of it. */
function moves(...more: string[]): Promise<number> {
  operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'a';
  operator.env.NIGHTFERRY_DESTINATION_PASSWORD = 'b';
  return operator.runs(...MOVE, ...more);
}

const refusing = (side: string): Probed =>
  side === 'source' ? { kind: 'out of reach', why: 'refused' } : { kind: 'answers' };

describe('servers that cannot be reached', () => {
  it('end `move` with one line before anything is written', async () => {
    operator.probes = refusing;
    expect(await moves()).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: source old.example:993 refuses the connection: check the port (993 for imaps://, 143 for imap://) and whether its IMAP service runs. Nothing was started (--wait makes the batch all the same, and waits)',
    ]);
    expect(operator.started).toEqual([]);
    expect(await operator.stored()).toEqual([]);
  });

  it('end `run` so, too, and both are named', async () => {
    operator.probes = () => ({ kind: 'out of reach', why: 'no answer' });
    await operator.writes('school.csv', 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,a,a\n');
    const run = ['run', 'school.csv', '--source', 'imaps://old.example', '--destination', 'imap://new.example'];
    expect(await operator.runs(...run)).toBe(2);
    expect(operator.err.text).toMatch(
      /^nightferry: source old\.example:993 gave no answer in 10 s: .*; destination new\.example:143 gave no answer/,
    );
    expect(await operator.stored()).toEqual([]);
  });

  it('are no matter where each row of the plan names another one', async () => {
    operator.probes = (_, { host }) =>
      host === 'unused.example' ? { kind: 'out of reach', why: 'unknown host' } : { kind: 'answers' };
    await operator.writes('list.csv', 'old.example;ann;a;new.example;ann@x;b\n');
    const run = ['run', 'list.csv', '--source', 'imaps://unused.example', '--destination', 'imaps://new.example'];
    expect(await operator.runs(...run)).toBe(0);
    expect(operator.started).toHaveLength(1);
  });

  it('are waited for with --wait', async () => {
    operator.probes = refusing;
    expect(await moves('--wait')).toBe(0);
    expect(operator.started).toHaveLength(1);
  });
});

describe('a certificate that is not trusted', () => {
  it('ends a run without a terminal with the option to paste, also with --wait', async () => {
    operator.probes = (side) => (side === 'source' ? UNTRUSTED : { kind: 'answers' });
    for (const more of [[], ['--wait']]) {
      operator.clears();
      expect(await moves(...more)).toBe(2);
      expect(operator.err.lines).toEqual([
        expect.stringMatching(
          /^nightferry: source old\.example:993 shows a certificate .*signed by itself \(SHA-256 (?:AB){32}, made out to CN=old, signed by CN=school, valid until Jan .*add --source-fingerprint (?:AB){32}\. Nothing was started$/,
        ),
      ]);
    }
    expect(await operator.stored()).toEqual([]);
    operator.probes = () => ({ kind: 'answers' });
    expect(await moves('--source-fingerprint', SHOWN)).toBe(0);
    // Said once: the same move goes on with what was vouched for.
    expect(await moves()).toBe(0);
    expect(operator.started.map(({ batch }) => batch.source.fingerprint)).toEqual([SHOWN, SHOWN]);
  });

  const asked = async (types: string[], probed: Probed) => {
    expect(await moves()).toBe(0);
    const { batch } = operator.started[0] ?? expect.unreachable();
    operator.clears();
    operator.types = types;
    operator.probes = (side) => (side === 'source' ? probed : { kind: 'answers' });
    return reachEndpoints(batch as Batch, {}, { kind: 'console' }, operator.io());
  };

  it('is asked about in a terminal, with all that there is to compare', async () => {
    const { batch, reached } = await asked(['y'], UNTRUSTED);
    await reached();
    expect(batch.source.fingerprint).toBe(SHOWN);
    expect(operator.err.text).toContain('made out to  CN=old');
    expect(operator.err.text).toContain('valid until  Jan  1 00:00:00 2030 GMT');
    expect(operator.questions).toHaveLength(1);
  });

  it('is not taken where the operator says no, or the one that was named is another', async () => {
    await expect(asked(['n'], UNTRUSTED)).rejects.toThrow(
      'the certificate of the source was not confirmed; nothing was started',
    );
  });

  it('is no question where it was revoked', async () => {
    await expect(asked(['y'], { ...UNTRUSTED, code: 'CERT_REVOKED' })).rejects.toThrow(/did not pass \(CERT_REVOKED\)/);
    expect(operator.questions).toEqual([]);
  });
});

describe('a batch that copied nothing', () => {
  it('is made anew by --replace, from the plan as it is now, once its servers are reached', async () => {
    const run = ['run', 'school.csv', '--destination', 'imaps://new.example', '--source'];
    await operator.writes('school.csv', 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,a,a\n');
    expect(await operator.runs(...run, 'imaps://wrong.example', '--wait')).toBe(0);
    operator.probes = refusing;
    expect(await operator.runs(...run, 'imaps://old.example', '--replace')).toBe(2);
    operator.probes = () => ({ kind: 'answers' });
    expect(await operator.runs('status')).toBe(0);
    expect(operator.out.text).toContain('imaps://wrong.example:993');
    expect(await operator.runs(...run, 'imaps://old.example', '--replace')).toBe(0);
    expect(operator.started.map(({ batch }) => batch.source.host)).toEqual(['wrong.example', 'old.example']);
  });
});

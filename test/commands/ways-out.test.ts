import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Workspace } from '../../src/store/batch/workspace.js';
import { aMailbox } from '../support/fake-engine.js';
import { afterTheNight, whileAnEngineRuns } from './a-night.js';
import { AnOperator } from './an-operator.js';

const FINGERPRINT = 'AB'.repeat(32);
const SECRET = 'Geheim-91ab';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

const fingerprintOf = async () => (await new Workspace(operator.state).open('school')).batch.source.fingerprint;

describe('release --source-fingerprint', () => {
  it('keeps the certificate with a batch that rests, and releases what is held', async () => {
    await afterTheNight(operator);
    const given = FINGERPRINT.match(/../g)?.join(':') ?? '';
    expect(await operator.runs('release', 'school', '--source-fingerprint', given)).toBe(0);
    expect(operator.out.lines).toEqual([
      `school trusts this certificate of the source from now on: ${given}`,
      expect.stringContaining('release the hold of 1 mailbox'),
    ]);
    expect(await fingerprintOf()).toBe(FINGERPRINT);
    operator.work = (engine) => engine.end(0);
    expect(await operator.runs('resume', 'school', '--plan', 'school.csv')).toBe(0);
    expect(operator.started.at(-1)?.batch.source.fingerprint).toBe(FINGERPRINT);
  });

  it('tells it to the engine that runs', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    engine.answers = (command) => (command.do === 'trust' ? { ok: true } : { ok: false, why: 'that is enough' });
    expect(await operator.runs('release', 'school', '--source-fingerprint', FINGERPRINT)).toBe(2);
    expect(engine.commands).toContainEqual({
      do: 'trust',
      side: 'source',
      mailbox: null,
      fingerprint: FINGERPRINT,
      by: expect.any(String),
    });
    await ends();
  });

  it('refuses what is no fingerprint, and a dry run, and changes nothing', async () => {
    await afterTheNight(operator);
    expect(await operator.runs('release', 'school', '--source-fingerprint', 'AB')).toBe(2);
    expect(await operator.runs('release', 'school', '--dry-run', '--source-fingerprint', FINGERPRINT)).toBe(2);
    expect(await fingerprintOf()).toBeNull();
  });
});

describe('password', () => {
  it('hands a password to the engine that runs, which is asked for hidden and repeated nowhere', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    operator.types = [SECRET];
    const id = (await new Workspace(operator.state).open('school')).batch.mailboxes[0]?.id ?? '';
    engine.publish({ type: 'mailbox', mailbox: aMailbox(id, { email: 'ann@x', asksPassword: 'destination' }) });
    expect(await operator.runs('password', 'school', '--mailbox', 'ann@x')).toBe(0);
    expect(engine.commands).toContainEqual({ do: 'password', mailbox: id, side: 'destination', secret: SECRET });
    expect(operator.questions).toEqual(['Password for ann@x at imaps://new.example:993 (destination): ']);
    expect(operator.out.lines).toEqual([
      'ann@x logs in at the destination with the password that was given; correct the plan before the next run',
    ]);
    expect(operator.out.text + operator.err.text).not.toContain(SECRET);
    await ends();
  });

  it('takes it from a command or the environment, for the side that is named', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    const give = ['password', 'school', '--mailbox', 'ann@x'];
    expect(await operator.runs(...give)).toBe(2);
    expect(operator.err.lines).toEqual(['nightferry: ann@x asks for no password; --side says whose it is']);
    expect(await operator.runs(...give, '--side', 'source', '--password-command', "printf '%s' {user}-1")).toBe(0);
    operator.env.NIGHTFERRY_SOURCE_PASSWORD = SECRET;
    expect(await operator.runs(...give, '--side', 'source')).toBe(0);
    expect(operator.env.NIGHTFERRY_SOURCE_PASSWORD).toBeUndefined();
    expect(engine.commands.flatMap((one) => (one.do === 'password' ? [one.secret] : []))).toEqual(['ann-1', SECRET]);
    expect(await operator.runs(...give, '--side', 'source')).toBe(2);
    expect(operator.err.lines.at(-1)).toBe(
      'nightferry: ann@x: no source password; give --password-command or NIGHTFERRY_SOURCE_PASSWORD',
    );
    await ends();
  });

  it('that was typed is pointed out in `status` as long as the plan does not have it', async () => {
    await afterTheNight(operator);
    const store = await new Workspace(operator.state).open('school');
    const ann = await store.mailbox(store.batch.mailboxes[0]?.id ?? '');
    ann.data.typedPasswords = ['destination'];
    await ann.write();
    expect(await operator.runs('status', 'school')).toBe(0);
    expect(operator.out.lines.at(-1)).toBe(
      "the plan's password was refused or missing, and 1 password that you typed was taken: ann@x (destination). Correct the plan before the next run",
    );
  });

  it('says what to do where no engine runs', async () => {
    await afterTheNight(operator);
    expect(await operator.runs('password', 'school', '--mailbox', 'ann@x', '--side', 'source')).toBe(2);
    expect(operator.err.lines).toEqual([
      'nightferry: the batch school is not running: correct the password in the plan, then `nightferry resume school`',
    ]);
  });
});

describe('release --plan', () => {
  const corrected =
    'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann@old,a2,a\nbob@x,bob,b,b\neve@x,eve,e,e\n';
  const rows = async () => (await new Workspace(operator.state).open('school')).batch.mailboxes;

  it('keeps corrected users with a batch that rests; the next resume logs in by them', async () => {
    await afterTheNight(operator);
    await operator.writes('school.csv', corrected);
    expect(await operator.runs('release', 'school', '--mailbox', 'ann@x', '--plan')).toBe(0);
    expect(operator.out.lines[0]).toBe('ann@x is moved from ann@old to ann@x from now on');
    expect((await rows()).map(({ sourceUser }) => sourceUser)).toEqual(['ann@old', 'bob', 'eve']);
    operator.work = (engine) => engine.end(0);
    expect(await operator.runs('resume', 'school')).toBe(0);
    const { batch, credentials } = operator.started.at(-1) ?? expect.unreachable();
    const [ann] = batch.mailboxes;
    if (!ann) return expect.unreachable();
    const credential = await credentials.get('source', ann, false);
    expect(credential.kind === 'password' && credential.password.reveal()).toBe('a2');
  });

  it('tells the engine that runs what changed, and the passwords, which stand in no output', async () => {
    const { engine, ends } = await whileAnEngineRuns(operator);
    await operator.writes('new.csv', corrected);
    engine.answers = (command) =>
      command.do === 'correct-row' || command.do === 'password' ? { ok: true } : { ok: false, why: 'that is enough' };
    expect(await operator.runs('release', 'school', '--mailbox', 'ann@x', '--plan', 'new.csv')).toBe(2);
    expect(engine.commands.filter((one) => one.do !== 'preview')).toMatchObject([
      { do: 'correct-row', sourceUser: 'ann@old', destinationUser: 'ann@x' },
      { do: 'password', side: 'source', secret: 'a2', origin: 'plan' },
      { do: 'password', side: 'destination', secret: 'a', origin: 'plan' },
    ]);
    expect(operator.out.text).not.toMatch(/\ba2\b/);
    await ends();
  });

  it('changes nothing where the destination would be another one after messages were copied', async () => {
    await afterTheNight(operator);
    const before = await rows();
    await operator.writes('new.csv', 'EmailAddress,UserName,DestinationUserName\nann@x,ann,anna\n');
    expect(await operator.runs('release', 'school', '--mailbox', 'ann@x', '--plan', 'new.csv')).toBe(2);
    expect(operator.err.text).toMatch(
      /^nightferry: new\.csv, row 2 \(ann@x\): the destination user is another one now, and 18 messages went to the first/,
    );
    expect(await rows()).toEqual(before);
  });
});

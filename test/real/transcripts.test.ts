import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { DOVECOT_HABITS, type ServerOptions, startImapServer } from '../../demo/server/index.js';
import { normalised } from '../demo/server/normalise.js';
import { RawClient } from '../demo/server/raw-client.js';
import { dovecotAvailable, startDovecot } from '../support/dovecot.js';
import { newcomer } from './newcomer.js';
import { COMMON, type Script, type Step } from './transcript.js';
import { OF_ACCOUNTS } from './transcripts-of-accounts.js';
import { OF_MESSAGES } from './transcripts-of-messages.js';

const SCRIPTS = [...OF_ACCOUNTS, ...OF_MESSAGES];

const available = dovecotAvailable();
const title = `the embedded server answers as Dovecot does${available.ok ? '' : ` (${available.why})`}`;

/** It is believed only as far as it answers like a real server, in status, code, order and shape. */
describe.skipIf(!available.ok)(title, () => {
  let pair: Awaited<ReturnType<typeof startDovecot>>;
  beforeAll(async () => {
    pair = await startDovecot();
  });
  afterAll(() => pair?.stop());

  it.each(SCRIPTS.map((script) => ({ name: script.name, script })))('$name', async ({ script }) => {
    const server = await startImapServer({ listen: 'memory', habits: DOVECOT_HABITS, ...likeDomain(script.domain) });
    onTestFinished(() => server.stop());
    const user = `${newcomer(`u${SCRIPTS.indexOf(script)}`)}${script.domain}`;
    const real = await transcript(script, user, () => connect(pair.destination.port, '127.0.0.1'));
    const ours = await transcript(script, user, () => server.connect('plain'));
    const differing = real
      .map(({ step, answer }, index) => ({ step, dovecot: answer, embedded: ours[index]?.answer ?? [] }))
      .filter(({ dovecot, embedded }) => dovecot.join('\n') !== withoutCommon(embedded, dovecot).join('\n'));
    const allowed = script.deviations.map(({ step }) => step);
    expect(differing.filter(({ step }) => !allowed.includes(step))).toEqual([]);
    const found = differing.map(({ step }) => step);
    expect(found, 'a deviation is listed that is none any more').toEqual(allowed);
  });
});

/** The users of the harness whose domain makes the real server fail in one way, told to the embedded one. */
function likeDomain(domain: Script['domain']): ServerOptions {
  const anyUser = 'pass';
  if (domain === '@quota') return { anyUser, everyAccount: { quota: { storageBytes: 200 * 1024 } } };
  if (domain === '@small') return { anyUser, maxMessageBytes: 64 * 1024 };
  if (domain !== '@acl') return { anyUser };
  const rights = (path: string) => ({ ReadOnly: 'lrs', NoInsert: 'lrswt', Closed: '' })[path];
  return { anyUser, everyAccount: { rights } };
}

/** Ours without the lines in which it differs everywhere and by right, where the real server leaves them out. */
function withoutCommon(mine: readonly string[], dovecot: readonly string[]): readonly string[] {
  return mine.filter(
    (line) => !COMMON.some((each) => each.line.test(line) && !dovecot.some((other) => each.line.test(other))),
  );
}

interface Exchange {
  readonly step: string;
  readonly answer: readonly string[];
}

async function transcript(script: Script, user: string, dial: () => Duplex): Promise<readonly Exchange[]> {
  const start = async () => {
    const client = new RawClient(dial());
    await client.until(/^\* OK/);
    if (script.login === 'first') await client.ask('a0', `LOGIN ${user} pass`);
    return client;
  };
  const client = await start();
  const other = script.steps.some((step) => typeof step === 'object' && 'elsewhere' in step) ? await start() : null;
  const exchanges: Exchange[] = [];
  for (const [index, step] of script.steps.entries()) {
    const tag = `t${index}`;
    const elsewhere = typeof step === 'object' && 'elsewhere' in step;
    const answer = await say((elsewhere ? other : null) ?? client, step, tag, user);
    exchanges.push({ step: elsewhere ? `elsewhere: ${step.elsewhere}` : nameOf(step), answer: normalised(answer) });
  }
  await client.hangUp();
  await other?.hangUp();
  return exchanges;
}

function say(client: RawClient, step: Step, tag: string, user: string): Promise<string> {
  if (typeof step === 'object' && 'send' in step) {
    client.write(withUser(step.send, user));
    return client.until(step.until);
  }
  return client.ask(tag, withUser(nameOf(step), user));
}

function nameOf(step: Step): string {
  if (typeof step === 'string') return step;
  return 'send' in step ? step.send : step.elsewhere;
}

/** `{user}` also stands inside base64 of SASL messages. */
function withUser(text: string, user: string): string {
  return text.replaceAll('{user}', user).replace(/[A-Za-z0-9+/]{16,}={0,2}/g, (run) => {
    const decoded = Buffer.from(run, 'base64').toString('latin1');
    return decoded.includes('{user}')
      ? Buffer.from(decoded.replaceAll('{user}', user), 'latin1').toString('base64')
      : run;
  });
}

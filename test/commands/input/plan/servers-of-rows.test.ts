import { describe, expect, it } from 'vitest';
import type { Config } from '../../../../src/commands/input/config/read-config.js';
import { type Ways, waysOf } from '../../../../src/commands/input/credentials/ways.js';
import { locateRows } from '../../../../src/commands/input/plan/locate-rows.js';
import { readNamedServers } from '../../../../src/commands/input/plan/named-servers.js';
import type { Endpoint } from '../../../../src/store/batch/batch.js';
import type { Side } from '../../../../src/words/side.js';
import { anEndpoint } from '../../../support/batch/plain-batch.js';
import { read, refusal } from './a-plan.js';

describe('rows that name servers of their own', () => {
  const text = (...rows: readonly string[]) => `EmailAddress,UserName,Source,Destination\n${rows.join('\n')}\n`;
  const own = {
    source: { host: 'a', port: 993, security: 'tls', user: null, fingerprint: 'AB', login: '{user}*admin' },
    destination: { host: 'x', port: 993, security: 'tls', user: null, fingerprint: null, login: null },
  } as unknown as Readonly<Record<Side, Endpoint>>;

  const nobody = () => expect.unreachable('no row names a server by name');

  it('make endpoints of the batch, each once, with its login and without its fingerprint', () => {
    const plan = read(
      text('1@x,1,,', '2@x,2,imaps://B,', '3@x,3,imaps://b:993,imap://y', '4@x,4,imaps://a,imaps://x:993'),
    );
    const { mailboxes, others } = locateRows(plan.rows, plan.servers, own, 'starttls', nobody);
    expect(mailboxes.map(({ at }) => at)).toEqual([
      null,
      { source: 'imaps://b:993', destination: null },
      { source: 'imaps://b:993', destination: 'imap://y:143' },
      null,
    ]);
    expect(others.source).toEqual({ 'imaps://b:993': { ...own.source, host: 'b', fingerprint: null } });
    expect(others.destination).toEqual({
      'imap://y:143': { ...own.destination, host: 'y', port: 143, security: 'starttls' },
    });
  });

  it('may have one destination user at two servers, and not at one', () => {
    const plan = 'EmailAddress,UserName,DestinationUserName,Destination\n';
    expect(read(`${plan}1@x,1,ann,imaps://x\n2@x,2,ann,imaps://y\n`).rows).toHaveLength(2);
    expect(refusal(`${plan}1@x,1,ann,imaps://x\n2@x,2,ann,imaps://x\n`)).toMatch(
      /destination user ann at imaps:\/\/x stands in row 2/,
    );
  });

  it('are refused where the cell is no server', () => {
    const why = refusal(text('1@x,1,mail.old.example:993,', '2@x,2,imaps://ann@b,'));
    expect(why).toContain('row 2, column Source: source: a URL like');
    expect(why).toContain('row 3, column Source: source: the server alone is expected');
  });

  it('are looked up in the configuration where the cell is a name', async () => {
    const plan = read(text('1@x,1,old-a,', '2@x,2,old-b,'));
    const config = (written: object): Config => ({ file: '/nightferry.toml', written }) as Config;
    const none = { source: null, destination: null };
    const readServers = (config: Config | null, otherwise: Readonly<Record<Side, Ways | null>> = none) =>
      readNamedServers(plan, {}, config, otherwise, '/');
    await expect(readServers(null)).rejects.toThrow(
      /^school.csv: 2 mistakes: row 2, column Source: .*\[server.old-a\]; row 3/,
    );
    const a = { url: 'imaps://a.example', login: '{user}*admin' };
    const server = { 'old-a': a, 'old-b': { url: 'imaps://b.example:1993' } };
    const byName = await readServers(config({ server }));
    const { mailboxes, others } = locateRows(plan.rows, plan.servers, own, 'starttls', byName);
    expect(mailboxes.map(({ at }) => at?.source)).toEqual(['old-a', 'old-b']);
    expect(others.source['old-a']).toMatchObject({ host: 'a.example', port: 993, login: '{user}*admin' });
    expect(others.source['old-b']).toMatchObject({ host: 'b.example', port: 1993, login: null });

    const typed = waysOf(anEndpoint({ passwordCommand: ['typed'] }));
    const ownPlaces = { ...server, 'old-b': { ...server['old-b'], 'password-file': 'b.secret' } };
    const mixed = await readServers(config({ server: ownPlaces }), { ...none, source: typed });
    expect(waysOf(mixed('source', 'old-a'))).toEqual(typed);
    expect(waysOf(mixed('source', 'old-b'))).toEqual({ ...waysOf(anEndpoint()), passwordFile: '/b.secret' });
  });
});

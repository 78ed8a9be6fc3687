import { afterEach, expect, it } from 'vitest';
import { hang, type ImapServer, script, startImapServer, when } from '../../../../demo/server/index.js';
import { openSession } from '../../../../src/engine/imap/session/session.js';
import { annsLogin } from '../../../support/login-options.js';

let server: ImapServer | null = null;
afterEach(() => server?.stop());

it.each(['before anything was loaded', 'when all is loaded'])(
  'a login that is given up at once is not made: %s',
  async () => {
    server = await startImapServer({
      accounts: { ann: { password: 'pass' } },
      fault: script(when('AUTHENTICATE', hang())),
    });
    const enough = new AbortController();
    const opening = openSession({ ...annsLogin(server), signal: enough.signal });
    enough.abort();
    await expect(opening).rejects.toThrow('stopped');
    expect(server.commandLog.filter((line) => line.includes('AUTHENTICATE'))).toEqual([]);
  },
);

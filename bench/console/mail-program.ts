import { type Account, startImapServer } from '../../demo/server/index.js';
import type { EmbeddedServer } from '../embedded-program.js';
import { PASSWORD } from '../lab/dovecot.js';

const FOLDERS = ['INBOX', 'Sent', 'Archive/2024'];
const DAY = 86_400_000;

// A process of its own, as embedded-program.ts: here every mailbox holds mail, and each answer takes its way.
const [users, messages, rtt] = process.argv.slice(2).map(Number) as [number, number, number];
const server = await startImapServer({ anyUser: PASSWORD, latencyMs: rtt / 2 });
for (let n = 0; n < users; n++) fill(server.accounts.get(`pupil${n}@school.example`), messages + (n % 40));
process.send?.({ port: server.port, tlsPort: server.tlsPort, cert: server.cert } satisfies EmbeddedServer);
process.on('disconnect', () => void server.stop().finally(() => process.exit(0)));

/** So many messages, of as many days, in three folders. Their bytes are made when somebody reads them. */
function fill(account: Account, count: number): void {
  for (let at = 0; at < count; at++) {
    const path = FOLDERS[at % FOLDERS.length] ?? 'INBOX';
    const folder = account.find(path) ?? account.addFolder(path);
    const raw = () => Buffer.from(`Subject: message ${at}\r\n\r\n${'x'.repeat(200 + (at % 7) * 100)}\r\n`);
    folder.add({ raw, flags: ['\\Seen'], internalDate: Date.UTC(2024, 0, 1) + at * DAY });
  }
}

import { startImapServer } from '../demo/server/index.js';
import { PASSWORD } from './lab/dovecot.js';

/** The message to the process that started this one. */
export interface EmbeddedServer {
  readonly port: number;
  readonly tlsPort: number;
  readonly cert: string;
}

// A process of its own, started by a bench with a channel: what it serves costs the bench's clock nothing.
const server = await startImapServer({ anyUser: PASSWORD });
process.send?.({ port: server.port, tlsPort: server.tlsPort, cert: server.cert } satisfies EmbeddedServer);
process.on('disconnect', () => void server.stop().finally(() => process.exit(0)));

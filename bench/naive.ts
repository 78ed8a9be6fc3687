import { readFileSync } from 'node:fs';
import { ImapFlow } from 'imapflow';

/**
 * The loop that everyone writes first: fetch one message, append it, take the next. A program of its own,
 * so that its processor time and memory are its own.
 */
export interface NaiveTask {
  readonly source: NaiveEnd;
  readonly destination: NaiveEnd;
  /** Null: plaintext. */
  readonly certificateFile: string | null;
}

interface NaiveEnd {
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

async function copyAccount(task: NaiveTask): Promise<number> {
  const [source, destination] = await Promise.all([connect(task.source, task), connect(task.destination, task)]);
  let copied = 0;
  for (const { path, flags } of await source.list()) {
    if (flags.has('\\Noselect') || flags.has('\\NonExistent')) continue;
    await destination.mailboxCreate(path);
    const lock = await source.getMailboxLock(path, { readOnly: true });
    try {
      copied += await copyFolder(source, destination, path);
    } finally {
      lock.release();
    }
  }
  await Promise.all([source.logout(), destination.logout()]);
  return copied;
}

async function copyFolder(source: ImapFlow, destination: ImapFlow, path: string): Promise<number> {
  const uids = (await source.search({ all: true }, { uid: true })) || [];
  for (const uid of uids) {
    const message = await source.fetchOne(
      String(uid),
      { source: true, flags: true, internalDate: true },
      { uid: true },
    );
    if (!message || message.source === undefined) throw new Error(`${path}: UID ${uid} was not fetched`);
    await destination.append(path, message.source, [...(message.flags ?? [])], message.internalDate);
  }
  return uids.length;
}

async function connect(end: NaiveEnd, { certificateFile }: NaiveTask): Promise<ImapFlow> {
  const trust =
    certificateFile === null
      ? { secure: false, doSTARTTLS: false }
      : { secure: true, tls: { ca: readFileSync(certificateFile) } };
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: end.port,
    auth: { user: end.user, pass: end.password },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    ...trust,
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const copied = await copyAccount(JSON.parse(process.argv[2] ?? '') as NaiveTask);
process.stdout.write(`${copied} messages\n`);

import { type CorpusMessage, type CorpusOptions, EMPTY_FOLDERS, FOLDERS, messages, type Profile } from './corpus.js';
import { RawImap, type RawTarget } from './raw-imap.js';
import { listFolders, makeFolder, personalPrefix, toWire } from './raw-list.js';

/** Bounds on what is under way at once. */
const IN_FLIGHT = { messages: 300, bytes: 16 << 20 };

/**
 * Puts a corpus into an account, its empty folders too, and subscribes to all but Junk.
 *
 * @returns what was stored
 * @throws Error  with the server's line at the first refusal
 */
export async function fill(
  target: RawTarget,
  profile: Profile,
  options: CorpusOptions = {},
): Promise<{ messages: number; bytes: number }> {
  const client = await RawImap.connect(target);
  try {
    const wire = await layOut(client);
    return await appendAll(client, messages(profile, options), wire);
  } finally {
    await client.logout();
  }
}

async function layOut(client: RawImap): Promise<(folder: string) => string> {
  const listed = await listFolders(client);
  const delimiter = listed.find((folder) => folder.delimiter !== null)?.delimiter ?? '/';
  const prefix = await personalPrefix(client);
  const wire = (folder: string) => (folder === 'INBOX' ? folder : prefix + toWire(folder.split('/').join(delimiter)));
  for (const folder of [...FOLDERS.map(([name]) => name), ...EMPTY_FOLDERS]) {
    if (folder !== 'INBOX' && folder !== 'Junk') await makeFolder(client, wire(folder));
  }
  if (!listed.some((folder) => folder.wire === wire('Junk'))) await client.ok(`CREATE "${wire('Junk')}"`);
  await client.command(`UNSUBSCRIBE "${wire('Junk')}"`);
  return wire;
}

async function appendAll(client: RawImap, corpus: Iterable<CorpusMessage>, wire: (folder: string) => string) {
  const done = { messages: 0, bytes: 0 };
  const under = { messages: 0, bytes: 0 };
  let refused: Error | null = null;
  let wake = () => {};
  const until = async (ready: () => boolean) => {
    while (refused === null && !ready()) await new Promise<void>((resolve) => (wake = resolve));
    if (refused !== null) throw refused;
  };
  for (const { folder, flags, internalDate, raw, index } of corpus) {
    under.messages++;
    under.bytes += raw.length;
    const pipelined = client.capabilities.has('LITERAL+');
    const append = client.append(wire(folder), flags, internalDate, raw).then((reply) => {
      if (reply.status !== 'OK') throw new Error(`message ${index} into ${folder}: ${reply.line}`);
      done.messages++;
      done.bytes += raw.length;
    });
    const settled = append
      .catch((error: Error) => {
        refused ??= error;
      })
      .finally(() => {
        under.messages--;
        under.bytes -= raw.length;
        wake();
      });
    if (!pipelined) await settled;
    await until(() => under.messages < IN_FLIGHT.messages && under.bytes < IN_FLIGHT.bytes);
  }
  await until(() => under.messages === 0);
  return done;
}

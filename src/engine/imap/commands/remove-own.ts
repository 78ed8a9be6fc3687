import { astring } from '../grammar/piece.js';
import { must } from '../session/refused.js';
import type { Desk } from './desk.js';

/**
 * Removes one message by its UID (UID EXPUNGE, RFC 4315 section 2.1). Other messages that are marked `\Deleted` stay.
 * Only a write test uses this, for its own message.
 *
 * @throws Refused
 */
export async function expungeOwn(desk: Desk, folder: string, uid: number): Promise<void> {
  const { side } = desk.wire;
  if (side !== 'destination') throw new Error('nothing is removed at the source');
  const marked = await desk.command(folder, 'UID STORE', [`UID STORE ${uid} +FLAGS.SILENT (\\Deleted)`]);
  must(side, 'UID STORE', marked, folder);
  must(side, 'UID EXPUNGE', await desk.command(folder, 'UID EXPUNGE', [`UID EXPUNGE ${uid}`]), folder);
}

/**
 * Removes a folder with all that is in it. Only a write test uses this, for the folder that it made. Another folder is
 * opened before, because servers refuse to remove the one that is open.
 *
 * @throws Refused
 */
export async function deleteOwn(desk: Desk, folder: string): Promise<void> {
  const { side } = desk.wire;
  if (side !== 'destination') throw new Error('nothing is removed at the source');
  await desk.open('INBOX');
  must(side, 'DELETE', await desk.wire.command('DELETE', ['DELETE ', astring(folder)]), folder);
}

import { type DiskTrouble, diskTroubleIn } from '../store/documents/disk-trouble.js';

/**
 * Writes how every mailbox ended. One that the disk refuses keeps no other from being written.
 *
 * @returns those that were refused, and why the first of them was
 * @throws  what the disk did not do: a bug
 */
export async function saveAll<T extends { save(): Promise<void> }>(
  workers: readonly T[],
): Promise<{ readonly unsaved: readonly T[]; readonly trouble: DiskTrouble | null }> {
  const unsaved: T[] = [];
  let trouble: DiskTrouble | null = null;
  const done = await Promise.allSettled(workers.map((worker) => worker.save()));
  for (const [at, result] of done.entries()) {
    if (result.status === 'fulfilled') continue;
    const met = diskTroubleIn(result.reason);
    if (met === null) throw result.reason;
    trouble ??= met;
    unsaved.push(workers[at]!);
  }
  return { unsaved, trouble };
}

import type { BatchOptions, PlanRow } from './batch.js';

/** The options by which one mailbox is moved. */
export type MailboxOptions = BatchOptions & Pick<PlanRow, 'userRoot'>;

/** The options of the batch, with what the row of the mailbox says in their place. */
export function optionsOf(options: BatchOptions, { own, userRoot }: Pick<PlanRow, 'own' | 'userRoot'>): MailboxOptions {
  if (own === null) return { ...options, userRoot };
  const { include, exclude, map, since } = own;
  return {
    ...options,
    userRoot,
    include: include ?? options.include,
    exclude: exclude ?? options.exclude,
    map: map ?? options.map,
    since: since ?? options.since,
  };
}

/** Whether the run is one of a wave, and this mailbox waits for another wave. */
export function isOfOtherWave({ wave }: Pick<BatchOptions, 'wave'>, row: Pick<PlanRow, 'wave'>): boolean {
  return wave !== null && row.wave !== wave;
}

import { type BatchEntity, type MailboxEntity, waitsForWave } from '../../protocol/entities.js';
import { showCount } from '../../words/units.js';

/** `wave 2 waits: 20`: mailboxes that are not in this run; null: there are none. */
export function wavesWaiting(
  { otherWaves }: Pick<BatchEntity, 'otherWaves'>,
  mailboxes: readonly MailboxEntity[],
): string | null {
  if (otherWaves === 0) return null;
  const waves = new Set<number | null>();
  for (const { state } of mailboxes)
    if (state.kind === 'queued' && state.why.key === 'wave' && waitsForWave(state)) waves.add(state.why.wave);
  const [wave = null] = waves;
  return waves.size === 1 && wave !== null
    ? `wave ${wave} waits: ${showCount(otherWaves)}`
    : `other waves wait: ${showCount(otherWaves)}`;
}

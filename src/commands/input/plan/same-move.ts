import type { Batch, Endpoint } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import { type BatchFlags, messageOptions } from '../batch-options.js';
import { endpointFlags } from '../endpoint/endpoint-options.js';
import { givenLimits } from '../limits/limits-again.js';

/** Options that define a move: another value of one of these is another move. */
const WHAT_IS_MOVED = [
  'include',
  'exclude',
  'map',
  'folderPrefix',
  'includeShared',
  'since',
  'until',
  'labels',
] as const;

/**
 * The batch of a `move` that was run before, with what may change from run to run taken from this
 * command line: how the servers are reached and logged in to, message size and memory. The stored
 * document stays as it is.
 *
 * @throws BadInput  when the name belongs to another pair of mailboxes, or the folders given differ
 */
export function sameMove(known: Batch, fresh: Batch, flags: BatchFlags): Batch {
  for (const side of SIDES) {
    const [before, now] = [known[side], fresh[side]];
    if (
      before.host !== now.host ||
      before.port !== now.port ||
      before.user !== now.user ||
      known.mailboxes.length !== 1
    ) {
      throw new BadInput(`the batch ${known.name} has another ${side}; give --name`);
    }
  }
  for (const option of WHAT_IS_MOVED) {
    const differs = JSON.stringify(known.options[option]) !== JSON.stringify(fresh.options[option]);
    if (flags[option] !== undefined && differs) {
      const flag = option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
      throw new BadInput(
        `--${flag} is not what the batch ${known.name} was started with; leave it out to go on, or give --name`,
      );
    }
  }
  return {
    ...known,
    source: asBefore(known, fresh, 'source', flags),
    destination: asBefore(known, fresh, 'destination', flags),
    options: {
      ...known.options,
      ...messageOptions(flags),
      ...(flags.maxSize !== undefined && { maxSize: fresh.options.maxSize }),
      ...(flags.memory !== undefined && { memory: fresh.options.memory }),
    },
  };
}

function asBefore(known: Batch, fresh: Batch, side: Side, flags: BatchFlags): Endpoint {
  const limits = givenLimits(known[side].limits, fresh[side].limits, endpointFlags({ ...flags }, side));
  return { ...trustedAsBefore(known[side], fresh[side]), limits };
}

/** A certificate that was vouched for once stays so where the command line says nothing about certificates. */
function trustedAsBefore({ fingerprint }: Endpoint, fresh: Endpoint): Endpoint {
  const saysNothing = fresh.fingerprint === null && fresh.ca === null;
  return saysNothing ? { ...fresh, fingerprint } : fresh;
}

import type { Endpoint } from '../../../store/batch/batch.js';
import type { Side } from '../../../words/side.js';
import { wayOptions } from '../config/config-settings.js';
import type { Configured } from '../config/with-config.js';
import { type Ways, waysOf } from '../credentials/ways.js';

/**
 * The place of secrets that a server of the configuration without one of its own has: that which was typed, or that of a
 * `[source]` without a URL, which is about all servers. Secrets of one server are sent to no other.
 *
 * @param own  the endpoint of the side's options
 * @returns null: there is none
 */
export function waysForNamed(
  side: Side,
  own: Endpoint,
  { config, taken }: Pick<Configured<unknown>, 'config' | 'taken'>,
): Ways | null {
  const setting = taken.find(({ flag }) => wayOptions(side).includes(flag));
  if (!setting) return waysOf(own);
  const isOfAll = setting.path[0] === side && config?.written[side]?.url === undefined;
  return isOfAll ? waysOf(own) : null;
}

import { showKey } from './bindings.js';
import type { Idle } from './dispatch.js';

/** Keys that move or lead away: pressed in passing, and no word is expected. */
const QUIET = new Set('left right up down tab shift+tab esc enter'.split(' '));

/** The text to show when a key of the screen does nothing now, or null. */
export function idleText(idle: Idle | null, key: string): string | null {
  if (idle === null || QUIET.has(key)) return null;
  const { binding, because } = idle;
  const named = `${showKey(key)} ${binding.label}`;
  if (because === 'read-only') return `${named}: this console only looks on`;
  return binding.when === undefined ? `${named}: nothing to do here now` : `${named}: only ${binding.when}`;
}

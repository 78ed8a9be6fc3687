import { keyOf, showKey } from './bindings.js';
import type { Idle } from './dispatch.js';
import { actionOf, KEY_TABLE } from './key-table.js';

/** The text to show when a key does nothing now: why, and where one is shown the way on. */
export function idleText(idle: Idle, key: string): string {
  if (key === 'paste') return 'pasted text goes into a field, and none is open';
  const shown = showKey(key);
  switch (idle.because) {
    case 'not-now': {
      const { label, when } = idle.binding;
      return when === undefined ? `${shown} ${label}: nothing to do here now` : `${shown} ${label}: only ${when}`;
    }
    case 'read-only':
      return `${shown} ${idle.binding.label}: this console only looks on`;
    case 'question':
      return `${shown} does nothing here; ${idle.ways.join(', ')}`;
    case 'capital':
      return `${shown} does nothing here; ${showKey(idle.binding.keys[0] ?? '')} (a capital) is ${idle.binding.label}`;
    case 'unknown': {
      if (key === 'esc') return `this is the first screen; ${keyOf('look.leave')} leaves`;
      const action = actionOf(key);
      return action === null
        ? `${shown} does nothing; ${keyOf('look.help')} shows the keys`
        : `${shown} ${KEY_TABLE[action].label}: not on this screen`;
    }
  }
}

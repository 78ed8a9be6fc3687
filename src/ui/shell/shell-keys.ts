import { type Binding, bind } from '../keys/bindings.js';
import type { Screen } from './screen.js';

/** The keys that mean the same on every screen. */
export const SHELL_BINDINGS: readonly Binding[] = [
  bind('look.palette', { id: 'shell.palette', weight: 0 }),
  bind('look.theme', { id: 'shell.theme', command: 'theme', weight: 0 }),
  bind('look.redraw', { id: 'shell.redraw', weight: 0 }),
  bind('look.messages', { id: 'shell.messages', command: 'messages', weight: 0 }),
  bind('look.help', { id: 'shell.help', command: 'help', weight: 110 }),
  bind('look.back', { id: 'shell.back', command: 'back', weight: 120 }),
  bind('look.leave', { id: 'shell.leave', command: 'quit', weight: 130 }),
];

/** Deeper in, the way back is shown instead of the way out. */
export const DEEPER_BINDINGS: readonly Binding[] = SHELL_BINDINGS.map((binding) =>
  binding.id === 'shell.leave' ? { ...binding, weight: 0 } : binding,
);

/** How long the hint of a screen's key stays where room is short. */
const SCREEN_WEIGHT = 30;

/** One key to each screen that has one. */
export function screenBindings(screens: readonly Screen[]): readonly Binding[] {
  return screens.flatMap(({ name, action, label, description, weight = SCREEN_WEIGHT }) =>
    action === null ? [] : [bind(action, { id: `go.${name}`, label, description, command: name, weight })],
  );
}

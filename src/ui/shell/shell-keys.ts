import type { Binding } from '../keys/bindings.js';
import type { Screen } from './screen.js';

/** The keys that mean the same on every screen. */
export const SHELL_BINDINGS: readonly Binding[] = [
  { id: 'shell.palette', keys: [':'], label: 'command', description: 'Every command by its name', weight: 0 },
  {
    id: 'shell.theme',
    keys: ['ctrl+t'],
    label: 'theme',
    description: 'Dark, light or no colours',
    command: 'theme',
    weight: 0,
  },
  {
    id: 'shell.redraw',
    keys: ['ctrl+l'],
    label: 'redraw',
    description: 'Draw the screen anew, where something else wrote on it',
    weight: 0,
  },
  {
    id: 'shell.messages',
    keys: ['ctrl+n'],
    label: 'messages',
    description: 'What the console said so far',
    command: 'messages',
    weight: 0,
  },
  { id: 'shell.help', keys: ['?', 'f1'], label: 'help', description: 'All keys', command: 'help', weight: 110 },
  { id: 'shell.back', keys: ['esc'], label: 'back', description: 'One screen back', command: 'back', weight: 120 },
  {
    id: 'shell.leave',
    keys: ['q', 'ctrl+c'],
    label: 'leave',
    description: 'Leave the console; the engine goes on',
    command: 'quit',
    weight: 130,
  },
];

/** Deeper in, the way back is shown instead of the way out. */
export const DEEPER_BINDINGS: readonly Binding[] = SHELL_BINDINGS.map((binding) =>
  binding.id === 'shell.leave' ? { ...binding, weight: 0 } : binding,
);

/** How long the hint of a screen's key stays where room is short. */
const SCREEN_WEIGHT = 30;

/** One key to each screen that has one. */
export function screenBindings(screens: readonly Screen[]): readonly Binding[] {
  return screens.flatMap(({ name, key, label, description, weight = SCREEN_WEIGHT }) =>
    key === null ? [] : [{ id: `go.${name}`, keys: [key], label, description, command: name, weight }],
  );
}

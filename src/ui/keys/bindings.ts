import { KEY_TABLE, type KeyAction, type Reach, reachOf } from './key-table.js';
import { isEditingKey, isTextKey } from './text-keys.js';

/**
 * A key of a screen, as data: the help, the status line, the palette and the documentation are made of these, so none of
 * them can tell of a key that does not work, or hide one that does.
 */
export interface Binding {
  /** `errors.retry`: unique over all tables. */
  readonly id: string;
  readonly action: KeyAction;
  /** Names of keys (terminal/keys.ts), from the key table; the first is the one that is shown. */
  readonly keys: readonly string[];
  /** Beyond `look` it is not offered by a read-only console. */
  readonly reach: Reach;
  /** One or two words for the status line. */
  readonly label: string;
  /** A short sentence for the help and the palette. */
  readonly description: string;
  /** The command after `:`; without one it is not in the palette. */
  readonly command?: string;
  /** Where room is short the lowest go first from the status line; 0 is never shown there. */
  readonly weight: number;
  /** Where it does something, if not everywhere on its screen: `in the table (t)`, for whom presses it elsewhere. */
  readonly when?: string;
}

/** The words of a screen for a key: more exact than the key table's own. */
export type BindingWords = Pick<Binding, 'id' | 'weight'> &
  Partial<Pick<Binding, 'label' | 'description' | 'command' | 'when'>>;

/** A key of the key table on a screen. */
export function bind(action: KeyAction, words: BindingWords): Binding {
  const { keys, label, means } = KEY_TABLE[action];
  return { action, keys, reach: reachOf(action), label, description: means, ...words };
}

/** Beside a text field: without the keys that write. */
export function besideText(binding: Binding): Binding {
  return { ...binding, keys: binding.keys.filter((key) => !isTextKey(key) || isEditingKey(key)) };
}

/** A table of bindings under one heading of the help. */
export interface BindingTable {
  readonly title: string;
  readonly bindings: readonly Binding[];
}

/** @throws Error  where an id stands twice, or a key means two things in tables that are active together */
export function checkBindings(tables: readonly BindingTable[]): void {
  const actions = new Map<string, KeyAction>();
  const ids = new Set<string>();
  for (const { title, bindings } of tables) {
    const own = new Set<string>();
    for (const { id, action, keys } of bindings) {
      if (ids.has(id)) throw new Error(`binding ${id} of "${title}" stands twice`);
      ids.add(id);
      for (const key of keys) {
        if (own.has(key)) throw new Error(`key ${key} stands twice in "${title}"`);
        own.add(key);
        const other = actions.get(key) ?? action;
        if (other !== action) throw new Error(`key ${key} of "${title}" means ${other} and ${action}`);
        actions.set(key, action);
      }
    }
  }
}

const SHOWN: Readonly<Record<string, string>> = { pageup: 'pgup', pagedown: 'pgdn', 'shift+tab': 'S-tab' };

/** The key of an action as it is written on screen: texts name it so, and cannot lie. */
export function keyOf(action: KeyAction): string {
  return showKey(KEY_TABLE[action].keys[0] ?? '');
}

/** A key as it is written on screen. */
export function showKey(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl\+/, '^');
}

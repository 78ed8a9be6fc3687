/**
 * A key and what it means, as data: the help screen, the status line and the palette are made of these
 * tables, so none of them can tell of a key that does not work, or hide one that does.
 */
export interface Binding {
  /** `errors.retry`: unique over all tables. */
  readonly id: string;
  /** Names of keys (terminal/keys.ts); the first is the one that is shown. */
  readonly keys: readonly string[];
  /** One or two words for the status line. */
  readonly label: string;
  /** A sentence for the help and the palette. */
  readonly description: string;
  /** The command after `:`; without one it is not in the palette. */
  readonly command?: string;
  /** Where room is short the lowest go first from the status line; 0 is never shown there. */
  readonly weight: number;
  /** Where it does something, if not everywhere on its screen: `in the table (t)`, for whom presses it elsewhere. */
  readonly when?: string;
  /** Not offered by a read-only console. */
  readonly changes?: 'engine';
}

/** A table of bindings under one heading of the help. */
export interface BindingTable {
  readonly title: string;
  readonly bindings: readonly Binding[];
}

/** @throws Error  where two bindings of tables that are active together share a key or an id */
export function checkBindings(tables: readonly BindingTable[]): void {
  const keys = new Map<string, string>();
  const ids = new Set<string>();
  for (const { title, bindings } of tables) {
    for (const { id, keys: own } of bindings) {
      if (ids.has(id)) throw new Error(`binding ${id} of "${title}" stands twice`);
      ids.add(id);
      for (const key of own) {
        const other = keys.get(key);
        if (other) throw new Error(`key ${key} of "${title}" does ${other} and ${id}`);
        keys.set(key, id);
      }
    }
  }
}

const SHOWN: Readonly<Record<string, string>> = { pageup: 'pgup', pagedown: 'pgdn', 'shift+tab': 'S-tab' };

/** A key as it is written on screen. */
export function showKey(key: string): string {
  return SHOWN[key] ?? key.replace(/^ctrl\+/, '^');
}

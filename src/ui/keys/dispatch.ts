import type { Key } from '../terminal/keys.js';
import { type Binding, showKey } from './bindings.js';
import { isTextKey } from './text-keys.js';

/** The layers, the lowest first; the topmost gets a key first. A layer that is modal keeps every key from those below. */
const LEVELS = ['shell', 'screen', 'overlay', 'field'] as const;
export type Level = (typeof LEVELS)[number];

/** The action of each binding now, called with the name of the key that was pressed; one without an action is not offered. */
export type Actions = Readonly<Record<string, ((key: string) => void) | undefined>>;

export interface Layer {
  readonly level: Level;
  readonly bindings: readonly Binding[];
  readonly actions: Actions;
  /** Takes what no binding of this layer took: the letters of a text field. True when it did. */
  readonly rest?: (key: Key) => boolean;
  readonly reach: 'modal' | 'open';
  /** In front of the keys in the status line: `3 marked`. */
  readonly lead?: string;
}

/** A binding that works at this moment, and what it does. */
export interface Active {
  readonly binding: Binding;
  readonly level: Level;
  readonly run: () => void;
}

/** From this weight on a binding of a question answers it. */
const WAY_OUT = 80;

/** A layer, and the bindings that this console has no right to. */
interface Held extends Layer {
  readonly withheld: readonly Binding[];
}

/** Why a key does nothing now. */
export type Idle =
  /** The screen knows the key, but at another time, or in another console. */
  | { readonly because: 'not-now' | 'read-only'; readonly binding: Binding }
  /** A question is open. `ways`: keys out of it, `esc cancel`. */
  | { readonly because: 'question'; readonly ways: readonly string[] }
  /** Its capital letter would do something. */
  | { readonly because: 'capital'; readonly binding: Binding }
  | { readonly because: 'unknown' };

/**
 * Layers of keys, the later of one level above the earlier. A layer is replaced in place, so that a
 * component that renders anew keeps its turn.
 */
export class KeyHub {
  readonly #layers = new Map<symbol, Held>();
  readonly #listeners = new Set<() => void>();
  readonly #unused = new Set<(key: Key) => void>();
  #version = 0;

  /** @param access a read-only console has no keys that change what the engine does */
  constructor(private readonly access: 'full' | 'read-only' = 'full') {}

  put(owner: symbol, given: Layer): void {
    const isAllowed = ({ reach }: Binding) => this.access === 'full' || reach === 'look';
    const bindings = given.bindings.filter(isAllowed);
    const layer = { ...given, bindings, withheld: given.bindings.filter((one) => !isAllowed(one)) };
    const before = this.#layers.get(owner);
    this.#layers.set(owner, layer);
    if (!before || !offersTheSame(before, layer)) this.#changed();
  }

  drop(owner: symbol): void {
    if (this.#layers.delete(owner)) this.#changed();
  }

  /** @returns whether anybody took it */
  press(key: Key): boolean {
    for (const layer of this.#fromTheTop()) {
      const found = layer.bindings.find((one) => one.keys.includes(key.name) && layer.actions[one.id]);
      if (found) {
        layer.actions[found.id]?.(key.name);
        return true;
      }
      if (layer.rest?.(key)) return true;
      if (layer.reach === 'modal') break;
    }
    for (const unused of this.#unused) unused(key);
    return false;
  }

  /** Does what the binding of this id does now; nothing where it does not work. */
  run(id: string): void {
    this.active()
      .find(({ binding }) => binding.id === id)
      ?.run();
  }

  /** @returns how to stop hearing of keys that nobody took */
  onUnused(listener: (key: Key) => void): () => void {
    this.#unused.add(listener);
    return () => this.#unused.delete(listener);
  }

  /** Why nobody took a key. */
  idle(key: string): Idle {
    const layers = this.#fromTheTop();
    if (layers.some(({ reach }) => reach === 'modal')) {
      const ways = this.active().filter(({ binding }) => binding.weight >= WAY_OUT);
      return {
        because: 'question',
        ways: ways.map(({ binding: { keys, label } }) => `${showKey(keys[0] ?? '')} ${label}`),
      };
    }
    for (const { level, bindings, withheld } of layers) {
      if (level !== 'screen') continue;
      const forbidden = withheld.find(({ keys }) => keys.includes(key));
      if (forbidden) return { binding: forbidden, because: 'read-only' };
      const binding = bindings.find(({ keys }) => keys.includes(key));
      if (binding) return { binding, because: 'not-now' };
    }
    const capital = key.length === 1 && key !== key.toUpperCase() ? key.toUpperCase() : null;
    const twin = this.active().find(({ binding }) => capital !== null && binding.keys.includes(capital));
    return twin ? { binding: twin.binding, because: 'capital' } : { because: 'unknown' };
  }

  /** A text field has the letters. */
  get isTyping(): boolean {
    return [...this.#layers.values()].some(({ level, rest }) => level === 'field' && rest !== undefined);
  }

  /** The keys that work now, the topmost layer first; a key is listed once, and none that a text field takes. */
  active(): readonly Active[] {
    const taken = new Set<string>();
    const isTyping = this.isTyping;
    const found: Active[] = [];
    for (const layer of this.#fromTheTop()) {
      for (const binding of layer.bindings) {
        const run = layer.actions[binding.id];
        const isShadowed = isTyping && layer.level !== 'field';
        const free = isShadowed ? binding.keys.filter((key) => !isTextKey(key)) : binding.keys;
        if (!run || (binding.keys.length > 0 && free.every((key) => taken.has(key)))) continue;
        found.push({ binding: { ...binding, keys: free }, level: layer.level, run: () => run(free[0] ?? '') });
      }
      for (const binding of layer.bindings)
        if (layer.actions[binding.id]) for (const key of binding.keys) taken.add(key);
      if (layer.reach === 'modal') break;
    }
    return found;
  }

  /** The words in front of the keys that work now, or ''. */
  lead(): string {
    const layers = this.#fromTheTop();
    const modal = layers.findIndex(({ reach }) => reach === 'modal');
    return layers.slice(0, modal < 0 ? undefined : modal + 1).find(({ lead }) => lead)?.lead ?? '';
  }

  /** Changes with what {@link active} would list; for `useSyncExternalStore`. */
  readonly version = (): number => this.#version;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #fromTheTop(): readonly Held[] {
    const all = [...this.#layers.values()].reverse();
    return [...LEVELS].reverse().flatMap((level) => all.filter((layer) => layer.level === level));
  }

  #changed(): void {
    this.#version += 1;
    for (const listener of this.#listeners) listener();
  }
}

function offersTheSame(a: Layer, b: Layer): boolean {
  // With their labels: one may hold a count.
  const offer = ({ bindings, actions }: Layer) =>
    bindings.filter(({ id }) => actions[id]).map(({ id, label, weight }) => `${id} ${weight} ${label}`);
  const [before, now] = [offer(a), offer(b)];
  return (
    a.level === b.level &&
    a.reach === b.reach &&
    (a.rest === undefined) === (b.rest === undefined) &&
    a.lead === b.lead &&
    before.length === now.length &&
    before.every((id, i) => id === now[i])
  );
}

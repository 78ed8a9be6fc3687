import { createContext, useContext, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import type { Key } from '../terminal/keys.js';
import type { Binding } from './bindings.js';
import { type Actions, type Active, KeyHub, type Level } from './dispatch.js';

export const KeyHubContext = createContext(new KeyHub());

export interface UseKeys {
  readonly level?: Level;
  readonly reach?: 'modal' | 'open';
  readonly rest?: (key: Key) => boolean;
  /** In front of the keys in the status line: `3 marked`. */
  readonly lead?: string;
}

/**
 * Keys of a component, as long as it is mounted. Actions are renewed with each render, but a key that is
 * held down may act several times before the next one: change state by a reducer or an updater function.
 */
export function useKeys(bindings: readonly Binding[], actions: Actions, options: UseKeys = {}): void {
  const hub = useContext(KeyHubContext);
  const owner = useRef(Symbol('keys'));
  const { level = 'screen', reach = 'open', rest, lead } = options;
  useLayoutEffect(() => {
    hub.put(owner.current, { bindings, actions, level, reach, ...(rest ? { rest } : {}), ...(lead ? { lead } : {}) });
  });
  // Dropped with the commit, not after it: the next key of the same chunk must not meet a field that closed.
  useLayoutEffect(() => {
    const mine = owner.current;
    return () => hub.drop(mine);
  }, [hub]);
}

/** The keys that work now: for the status line, the help and the palette. */
export function useActive(): readonly Active[] {
  const hub = useContext(KeyHubContext);
  useSyncExternalStore(hub.subscribe, hub.version);
  return hub.active();
}

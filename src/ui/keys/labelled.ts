import type { Binding } from './bindings.js';

/** Bindings with other labels for now: a count, or what the key would do next. By id. */
export function labelled(bindings: readonly Binding[], labels: Readonly<Record<string, string>>): readonly Binding[] {
  return bindings.map((binding) => {
    const label = labels[binding.id];
    return label === undefined ? binding : { ...binding, label };
  });
}

/** Bindings with other weights in the status line for now. By id. */
export function weighted(bindings: readonly Binding[], weights: Readonly<Record<string, number>>): readonly Binding[] {
  return bindings.map((binding) => ({ ...binding, weight: weights[binding.id] ?? binding.weight }));
}

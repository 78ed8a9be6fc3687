import type { Params, Screen } from './screen.js';

/** A screen that is open. What it keeps (cursor, filter) goes with its id. */
export interface Entry {
  readonly id: number;
  readonly screen: string;
  readonly params: Params;
}

/** From the first screen to the one that is seen; never empty. */
export interface ScreenStack {
  readonly entries: readonly [Entry, ...Entry[]];
  readonly lastId: number;
}

export function firstScreen(screen: string): ScreenStack {
  return { entries: [{ id: 0, screen, params: {} }], lastId: 0 };
}

export function topOf({ entries }: ScreenStack): Entry {
  return entries.at(-1) ?? entries[0];
}

/** One screen deeper; the same one again is not stacked twice. */
export function goInto(stack: ScreenStack, screen: string, params: Params): ScreenStack {
  const top = topOf(stack);
  if (top.screen === screen && JSON.stringify(top.params) === JSON.stringify(params)) return stack;
  const id = stack.lastId + 1;
  return { entries: [...stack.entries, { id, screen, params }], lastId: id };
}

/** Opens a screen by its own key: above the first screen, from wherever the operator is. */
export function goTo(stack: ScreenStack, screen: string): ScreenStack {
  const [first] = stack.entries;
  if (first.screen === screen) return { ...stack, entries: [first] };
  // Where one has been before, the cursor is where it was.
  const open = stack.entries[1];
  if (open?.screen === screen) return { ...stack, entries: [first, open] };
  const id = stack.lastId + 1;
  return { entries: [first, { id, screen, params: {} }], lastId: id };
}

export function goBack(stack: ScreenStack): ScreenStack {
  if (stack.entries.length === 1) return stack;
  const [first, ...deeper] = stack.entries;
  return { ...stack, entries: [first, ...deeper.slice(0, -1)] };
}

/** `school-2026 › errors › OVERQUOTA` */
export function crumbsOf(stack: ScreenStack, screens: readonly Screen[]): readonly string[] {
  return stack.entries.map(
    ({ screen, params }) => screens.find(({ name }) => name === screen)?.title(params) ?? screen,
  );
}

import type { Active } from './dispatch.js';

/** One line of the `:` palette. */
export interface Choice {
  readonly command: string;
  readonly description: string;
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** Every command that works now: those of the screen by name, then those of every screen. */
export function choicesOf(active: readonly Active[]): readonly Choice[] {
  const places = [active.filter(({ level }) => level !== 'shell'), active.filter(({ level }) => level === 'shell')];
  return places.flatMap((place) => place.flatMap(choiceOf).sort((a, b) => (a.command < b.command ? -1 : 1)));
}

function choiceOf({ binding: { command, description, keys }, run }: Active): readonly Choice[] {
  return command ? [{ command, description, keys, run }] : [];
}

/**
 * Picks commands by the typed text: those that begin with it, then those with it at the start of a word, then in the
 * description, then those that have its letters in their order.
 */
export function pick(choices: readonly Choice[], typed: string): readonly Choice[] {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return choices;
  return choices
    .map((choice) => ({ choice, rank: rankOf(choice, wanted) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => Number(a.rank) - Number(b.rank))
    .map(({ choice }) => choice);
}

function rankOf({ command, description }: Choice, wanted: string): number | null {
  const name = command.toLowerCase();
  if (name === wanted) return 0;
  if (name.startsWith(wanted)) return 1;
  if (name.split(/[ -]/).some((word) => word.startsWith(wanted))) return 2;
  if (description.toLowerCase().includes(wanted)) return 3;
  return inOrder(name, wanted) ? 4 : null;
}

function inOrder(name: string, wanted: string): boolean {
  let at = 0;
  for (const char of wanted) {
    at = name.indexOf(char, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

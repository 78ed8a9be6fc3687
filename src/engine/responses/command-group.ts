import type { Side } from '../../words/side.js';

/** Groups of commands that fail alike. */
const COMMAND_GROUPS = [
  'connect',
  'login',
  'open',
  'make',
  'look',
  'append',
  'copy',
  'store',
  'fetch',
  'other',
] as const;
export type CommandGroup = (typeof COMMAND_GROUPS)[number];

const GROUPS: Readonly<Record<string, CommandGroup>> = {
  CONNECT: 'connect',
  GREETING: 'connect',
  STARTTLS: 'connect',
  LOGIN: 'login',
  AUTHENTICATE: 'login',
  SELECT: 'open',
  EXAMINE: 'open',
  CREATE: 'make',
  RENAME: 'make',
  DELETE: 'make',
  SUBSCRIBE: 'make',
  UNSUBSCRIBE: 'make',
  LIST: 'look',
  LSUB: 'look',
  XLIST: 'look',
  STATUS: 'look',
  NAMESPACE: 'look',
  GETQUOTA: 'look',
  GETQUOTAROOT: 'look',
  GETACL: 'look',
  MYRIGHTS: 'look',
  GETMETADATA: 'look',
  APPEND: 'append',
  MULTIAPPEND: 'append',
  REPLACE: 'append',
  COPY: 'copy',
  MOVE: 'copy',
  STORE: 'store',
  FETCH: 'fetch',
  SEARCH: 'fetch',
  SORT: 'fetch',
  THREAD: 'fetch',
};

/** Names of commands as the engine writes them. They need no parsing. */
const KNOWN: ReadonlyMap<string, CommandGroup> = new Map(
  Object.entries(GROUPS).flatMap(([verb, group]) => [
    [verb, group],
    [`UID ${verb}`, group],
  ]),
);

/**
 * The group of a command.
 *
 * @param command in any case, with or without `UID ` and arguments, also as it was sent (`a7 UID FETCH 5 (FLAGS)`);
 *   null for an untagged response between commands
 */
export function commandGroup(command: string | null): CommandGroup {
  if (command === null) return 'other';
  return KNOWN.get(command) ?? KNOWN.get(verbOf(command)) ?? 'other';
}

/** `APPEND`, `UID FETCH`: the name of a command that is known here. */
export function isCommand(name: string): boolean {
  return KNOWN.has(name);
}

/**
 * The side that such a command goes to. Nothing is written to the source, so APPEND and its like go to the destination.
 */
export function usualSide(command: string | null): Side {
  return WRITES.has(commandGroup(command)) ? 'destination' : 'source';
}

const WRITES: ReadonlySet<CommandGroup> = new Set(['append', 'copy', 'make', 'store']);

function verbOf(command: string): string {
  const words = command.slice(0, 80).trim().toUpperCase().split(/\s+/, 3);
  return words.find((word) => KNOWN.has(word)) ?? '';
}

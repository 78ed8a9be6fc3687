/** Commands that fail alike. */
export const COMMAND_GROUPS = [
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

/** As the engine names them: no need to take these apart. */
const KNOWN: ReadonlyMap<string, CommandGroup> = new Map(
  Object.entries(GROUPS).flatMap(([verb, group]) => [
    [verb, group],
    [`UID ${verb}`, group],
  ]),
);

/** @param command in any case, with or without `UID ` and arguments; null for an untagged response between commands */
export function commandGroup(command: string | null): CommandGroup {
  if (command === null) return 'other';
  const known = KNOWN.get(command);
  if (known !== undefined) return known;
  const verb = /^\s*(?:uid\s+)?([a-z]+)/i.exec(command.slice(0, 80))?.[1]?.toUpperCase() ?? '';
  return KNOWN.get(verb) ?? 'other';
}

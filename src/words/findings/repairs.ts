/** The repairs in the order in which they are told, each in singular and plural. */
const WORDS = {
  NUL: ['NUL removed', 'NUL removed'],
  'bare LF': ['bare LF made CRLF', 'bare LF made CRLF'],
  'bare CR': ['bare CR made CRLF', 'bare CR made CRLF'],
  'header folded': ['header line folded', 'header lines folded'],
  'header cut': ['header line cut, with a space put in', 'header lines cut, with spaces put in'],
  'encoded line broken': ['encoded line broken anew', 'encoded lines broken anew'],
  'line broken': ['line broken at white space', 'lines broken at white space'],
  'line cut': ['line cut, having no white space', 'lines cut, having no white space'],
  'last line ended': ['line end put at the end', 'line ends put at the end'],
} as const satisfies Readonly<Record<string, readonly [one: string, several: string]>>;

export type RepairKind = keyof typeof WORDS;

/** One way in which a message was mended, and in how many places. */
export interface Repair {
  readonly kind: RepairKind;
  readonly count: number;
}

/** The kinds in the order in which they are told. */
export const REPAIR_KINDS = Object.keys(WORDS) as RepairKind[];

/** The counted repairs, in the order of the words. */
export function repairsOf(counts: ReadonlyMap<RepairKind, number>): Repair[] {
  return REPAIR_KINDS.flatMap((kind) => {
    const count = counts.get(kind);
    return count === undefined ? [] : [{ kind, count }];
  });
}

/** `3 NUL removed, 2 header lines folded` */
export function repairText(repairs: readonly Repair[]): string {
  return repairs.map(({ kind, count }) => `${count} ${WORDS[kind][count === 1 ? 0 : 1]}`).join(', ');
}

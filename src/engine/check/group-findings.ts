import type { Side } from '../../words/side.js';
import { FINDING_KINDS, type Finding, type FindingKind, SEVERITIES, SEVERITY_OF } from './finding.js';

/** Findings of one kind and side. */
export interface FindingGroup {
  readonly kind: FindingKind;
  readonly side: Side | null;
  readonly mailboxes: number;
  /** Null: it is not about messages. */
  readonly messages: number | null;
  readonly findings: readonly Finding[];
}

/** Groups by kind and side, the gravest first: in the order of the kinds, within a severity. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const one of findings) {
    const key = `${one.kind} ${one.side}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map(asGroup).sort((a, b) => rank(a) - rank(b));
}

function asGroup(findings: readonly Finding[]): FindingGroup {
  const [first] = findings;
  if (first === undefined) throw new Error('unreachable: a group has a finding');
  const counts = findings.flatMap(({ messages }) => messages ?? []);
  return {
    kind: first.kind,
    side: first.side,
    mailboxes: new Set(findings.flatMap(({ mailbox }) => mailbox ?? [])).size,
    messages: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
    findings,
  };
}

const rank = ({ kind }: FindingGroup) => SEVERITIES.indexOf(SEVERITY_OF[kind]) * 1_000 + FINDING_KINDS.indexOf(kind);

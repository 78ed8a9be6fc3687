import type { AdviceKey } from '../../words/advice/advice.js';
import type { Side } from '../../words/side.js';
import { FINDING_KINDS, type Finding, type FindingKind, SEVERITIES, SEVERITY_OF } from './finding.js';

/** Findings of one kind and side, and of refusals those with one meaning. */
export interface FindingGroup {
  readonly kind: FindingKind;
  readonly side: Side | null;
  readonly advice: AdviceKey | null;
  readonly mailboxes: number;
  /** Null: it is not about messages. */
  readonly messages: number | null;
  readonly findings: readonly Finding[];
}

/** Groups by kind, side and advice, the gravest first: in the order of the kinds, within a severity. */
export function groupFindings(findings: readonly Finding[]): readonly FindingGroup[] {
  const groups = new Map<string, Finding[]>();
  for (const one of findings) {
    const key = groupOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()].map(asGroup).sort((a, b) => rank(a) - rank(b));
}

/** The name of the group that a finding belongs to. */
export const groupOf = ({ kind, side, advice }: Pick<Finding, 'kind' | 'side' | 'advice'>): string =>
  [kind, side, ...(advice === null ? [] : [advice])].join(' ');

function asGroup(findings: readonly Finding[]): FindingGroup {
  const [first] = findings;
  if (first === undefined) throw new Error('unreachable: a group has a finding');
  const counts = findings.flatMap(({ messages }) => messages ?? []);
  return {
    kind: first.kind,
    side: first.side,
    advice: first.advice,
    mailboxes: new Set(findings.flatMap(({ mailbox }) => mailbox ?? [])).size,
    messages: counts.length === 0 ? null : counts.reduce((sum, count) => sum + count, 0),
    findings,
  };
}

const rank = ({ kind }: FindingGroup) => SEVERITIES.indexOf(SEVERITY_OF[kind]) * 1_000 + FINDING_KINDS.indexOf(kind);

import type { PlainAdvice } from '../../words/advice/advice-keys.js';
import type { Side } from '../../words/side.js';
import type { Kind, Next, Scope } from '../../words/verdict.js';
import type { CommandGroup } from './command-group.js';
import type { Status } from './response-line.js';
import type { Wording } from './wordings/index.js';

/** The facts that rules look at. */
export interface Facts {
  readonly status: Status | null;
  readonly code: string | null;
  readonly tagged: 'tagged' | 'untagged' | 'bare';
  readonly group: CommandGroup;
  readonly side: Side;
  /** Provider of the endpoint in lower case, or '' where it is not known. */
  readonly provider: string;
  /** The wordings that the text contains, each with its words. */
  readonly says: ReadonlyMap<Wording, string>;
}

export interface Outcome {
  readonly kind: Kind;
  readonly advice: PlainAdvice;
  /** Scope and next step, where they differ from what kind and command alone ask for. */
  readonly scope?: Scope;
  readonly next?: Next;
}

/** A rule. All of its conditions must hold; of a list, any one member is enough. */
export interface Rule {
  readonly name: string;
  readonly codes?: readonly (string | null)[];
  readonly status?: readonly (Status | null)[];
  readonly groups?: readonly CommandGroup[];
  readonly side?: Side;
  readonly tagged?: Facts['tagged'];
  readonly says?: readonly Wording[];
  readonly alsoSays?: readonly Wording[];
  readonly unless?: readonly Wording[];
  /** The servers that the rule is about. It is left out where the endpoint is known to be another one. */
  readonly server?: readonly string[];
  readonly means: Outcome;
}

export interface Decision {
  readonly rule: Rule;
  /** The words of the text that the rule asked for; null: it asked for none. */
  readonly phrase: string | null;
}

/** The first rule that holds. */
export function firstOf(rules: readonly Rule[], facts: Facts): Decision | null {
  const silent = facts.says.size === 0;
  for (const rule of rules) {
    if (silent && rule.says !== undefined) continue;
    if (rule.groups !== undefined && !rule.groups.includes(facts.group)) continue;
    if (rule.says !== undefined && !saysAny(facts, rule.says)) continue;
    if (holds(rule, facts)) return { rule, phrase: rule.says === undefined ? null : phraseOf(facts, rule.says) };
  }
  return null;
}

function holds(rule: Rule, facts: Facts): boolean {
  if (rule.codes !== undefined && !rule.codes.includes(facts.code)) return false;
  if (rule.status !== undefined && !rule.status.includes(facts.status)) return false;
  if (rule.side !== undefined && rule.side !== facts.side) return false;
  if (rule.tagged !== undefined && rule.tagged !== facts.tagged) return false;
  if (rule.alsoSays !== undefined && !saysAny(facts, rule.alsoSays)) return false;
  if (rule.unless !== undefined && saysAny(facts, rule.unless)) return false;
  return (
    rule.server === undefined || facts.provider === '' || rule.server.some((name) => facts.provider.includes(name))
  );
}

function saysAny(facts: Facts, wordings: readonly Wording[]): boolean {
  for (const wording of wordings) if (facts.says.has(wording)) return true;
  return false;
}

function phraseOf(facts: Facts, wordings: readonly Wording[]): string | null {
  for (const wording of wordings) {
    const phrase = facts.says.get(wording);
    if (phrase !== undefined) return phrase;
  }
  return null;
}

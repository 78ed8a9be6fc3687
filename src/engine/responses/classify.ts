import type { Grounds } from '../../words/grounds/grounds.js';
import type { Side } from '../../words/side.js';
import type { Verdict } from '../../words/verdict.js';
import { commandGroup } from './command-group.js';
import { consequence } from './consequence.js';
import { namedWait } from './named-wait.js';
import { parseResponseLine } from './response-line.js';
import type { Decision, Facts } from './rule.js';
import { decide } from './rules/index.js';
import { sanitise } from './sanitise.js';
import { wordingsIn } from './wordings/index.js';

export interface Response {
  /** The line as it came, with or without its tag. */
  readonly line: string;
  /** The command it answers (`APPEND`, `UID FETCH`, `connect` for the greeting), or null between commands. */
  readonly command: string | null;
  readonly side: Side;
  /** Provider of the endpoint where it is known, in any case. */
  readonly provider?: string;
}

/**
 * Classifies a server response, and says what happens next. Code, text, command and side decide together, and special
 * rules come before general ones. Pure, never throws, linear in the length of the line.
 */
export function classify(response: Response): Verdict {
  const { status, code, text, tagged } = parseResponseLine(response.line);
  const says = wordingsIn(text);
  const group = commandGroup(response.command);
  const provider = response.provider?.toLowerCase() ?? '';
  const facts: Facts = { status, code, tagged, group, side: response.side, provider, says };
  const decision = decide(facts);
  const { kind, advice } = decision.rule.means;
  return {
    kind,
    code,
    ...consequence(decision.rule.means, facts),
    waitSeconds: namedWait(text),
    advice: { key: advice },
    rule: decision.rule.name,
    grounds: groundsOf(decision, facts, response),
  };
}

function groundsOf({ phrase }: Decision, { status, code, side }: Facts, { command }: Response): Grounds {
  return {
    key: 'response',
    status,
    code,
    phrase: phrase === null ? null : phrase.slice(0, 120),
    command: command === null ? null : sanitise(command, 40),
    side,
  };
}

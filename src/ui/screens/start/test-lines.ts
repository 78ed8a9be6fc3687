import { SIDES, type Side } from '../../../words/side.js';
import { plural, showBytes } from '../../text/format.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import type { TestState } from './form-state.js';

/** Beside the password: what the login found, in one line. */
export function testLine(test: TestState, glyphs: Glyphs): Spans {
  switch (test.kind) {
    case 'untested':
      return [];
    case 'running':
      return [span('dim', 'logging in and looking')];
    case 'done': {
      const { result } = test;
      if (!result.ok) return [span('alert', `${glyphs.bad} ${result.why}`)];
      const { software, folders, messages, bytes, quota } = result;
      const parts = [
        software,
        plural(folders, 'folder'),
        messages === 0 ? 'empty' : plural(messages, 'message'),
        ...(bytes === null || messages === 0 ? [] : [showBytes(bytes)]),
        ...(quota === null ? [] : [`quota ${showBytes(quota.used)} of ${showBytes(quota.limit)}`]),
      ];
      return [span('good', `${glyphs.good} `), parts.filter((part) => part !== '').join(', ')];
    }
  }
}

/** Below both sides: what to do about a refusal, else what makes it fast and what should be known before. */
export function adviceLines(tests: Readonly<Record<Side, TestState>>, width: number): readonly Spans[] {
  const refused: string[] = [];
  const known: string[] = [];
  for (const side of SIDES) {
    const test = tests[side];
    if (test.kind !== 'done') continue;
    const { result } = test;
    // Beside the password it may be cut; here it is said whole.
    if (!result.ok) refused.push(`${side}: ${result.why}`, result.advice);
    else {
      if (result.ways.length > 0) known.push(`the ${side} offers ${result.ways.join(', ')}`);
      known.push(...result.notes);
    }
  }
  const sentences = refused.length > 0 ? refused : known;
  return [...new Set(sentences)].flatMap((text) => wrap(text, width, 3).map((line): Spans => [span('dim', line)]));
}

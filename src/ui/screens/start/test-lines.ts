import { SIDES, type Side } from '../../../words/side.js';
import { plural, showBytes } from '../../../words/units.js';
import type { Glyphs } from '../../text/glyphs.js';
import { type Spans, span, spansWidth } from '../../text/spans.js';
import { wrap } from '../../text/wrap.js';
import { type FormState, isOneMailbox, type TestState } from './form-state.js';
import { outlookOf } from './outlook.js';
import type { GoodSide } from './services.js';

/** Beside the password: what the login found, in one line. */
export function testLine(side: Side, test: TestState, glyphs: Glyphs): Spans {
  switch (test.kind) {
    case 'untested':
      return [];
    case 'running':
      return [span('dim', 'logging in and looking')];
    case 'done': {
      const { result } = test;
      if (!result.ok) return [span('alert', `${glyphs.bad} ${result.why}`)];
      const parts = [
        result.software,
        plural(result.folders.length, 'folder'),
        ...contents(result),
        ...room(side, result),
      ];
      return [span('good', `${glyphs.good} `), parts.filter((part) => part !== '').join(', ')];
    }
  }
}

function contents({ messages, size }: GoodSide): string[] {
  if (messages === 0) return ['empty'];
  const held = size === null ? [] : [`${size.is === 'about' ? 'about ' : ''}${showBytes(size.bytes)}`];
  return [plural(messages, 'message'), ...held];
}

/** The free room of a source is of no interest. */
function room(side: Side, { quota }: GoodSide): string[] {
  if (side === 'source' || quota === null) return [];
  return [
    quota.used === 0
      ? `quota ${showBytes(quota.limit)}`
      : `quota ${showBytes(quota.used)} of ${showBytes(quota.limit)}`,
  ];
}

/** Below both sides: what to do about a refusal, else how it will go and what should be known before. */
export function adviceLines({ tests, typed }: Pick<FormState, 'tests' | 'typed'>, width: number): readonly Spans[] {
  const results = SIDES.flatMap((side) => {
    const test = tests[side];
    return test.kind === 'done' ? [{ side, result: test.result }] : [];
  });
  const dim = (texts: readonly string[]) =>
    [...new Set(texts)].flatMap((text) => wrap(text, width, 6).map((line): Spans => [span('dim', line)]));
  // Beside the password it may be cut; here it is said whole.
  const refused = results.flatMap(({ side, result }) =>
    result.ok ? [] : [`${side}: ${result.why}`, result.advice].filter((text) => text !== ''),
  );
  if (refused.length > 0) return dim(refused);
  if (isOneMailbox({ typed })) return [[span('alert', 'Source and destination are the same mailbox.')]];
  const good = results.flatMap(({ result }) => (result.ok ? [result] : []));
  const notes = dim(good.flatMap((result) => result.notes));
  const [source, destination] = good;
  if (!source || !destination) return notes;
  const { way, long, troubles } = outlookOf(source, destination);
  const told = troubles.flatMap((text) => wrap(text, width, 3).map((line): Spans => [span('alert', line)]));
  return [...atBothEnds([way], long === null ? [] : [span('strong', long)], width), ...told, ...notes];
}

/** In one line where both fit into it. */
function atBothEnds(left: Spans, right: Spans, width: number): readonly Spans[] {
  const gap = width - spansWidth(left) - spansWidth(right);
  return gap >= 2 ? [[...left, ' '.repeat(gap), ...right]] : [left, right];
}

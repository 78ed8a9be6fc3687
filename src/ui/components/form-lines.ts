import { fitText } from '../text/fit.js';
import type { Glyphs } from '../text/glyphs.js';
import { widthOf } from '../text/graphemes.js';
import { aimed, type Spans, span, spansWidth } from '../text/spans.js';
import { button } from './button.js';
import { ACTION, CANCEL, type Field, type FormState, fieldValue, focusOf, textIn } from './form.js';
import { fieldLine } from './TextField.js';

/** Width of labels, in cells. */
const LABEL = 26;

/** The part of a form that an option of a choice is. */
export function optionPart(field: string, option: string): string {
  return `${field} ${option}`;
}

/** Fields of a dialog, a line or more each. @param width cells */
export function fieldLines(
  fields: readonly Field[],
  state: FormState,
  width: number,
  glyphs: Glyphs,
): readonly Spans[] {
  const focus = focusOf(state, fields);
  const labels = Math.min(LABEL, Math.max(0, ...fields.map(({ label }) => widthOf(label))));
  return fields.flatMap((field): readonly Spans[] => {
    const isFocused = field.id === focus;
    const label = fitText(field.label, labels, { ellipsis: glyphs.ellipsis });
    const head: Spans = [isFocused ? span('accent', glyphs.cursor) : ' ', ' ', span('dim', label), '  '];
    const room = Math.max(1, width - spansWidth(head));
    if (field.kind !== 'choice') {
      const hidden = field.kind === 'hidden' ? glyphs.hidden : null;
      const look = { width: room, focus: isFocused ? ('focused' as const) : ('resting' as const), hidden };
      return [
        aimed({ part: field.id }, [...head, ...fieldLine(textIn(state, field), { ...look, placeholder: field.hint })]),
      ];
    }
    const chosen = fieldValue(state, field);
    const show = (id: string, text: string) =>
      aimed({ part: optionPart(field.id, id) }, [
        id === chosen ? span(isFocused ? 'selected' : 'strong', `[${text}]`) : span('dim', ` ${text} `),
      ]);
    if (field.shape === 'line') return [[...head, ...field.options.flatMap(({ id, label: text }) => show(id, text))]];
    const names = Math.max(...field.options.map(({ label: text }) => widthOf(text)));
    return field.options.map(({ id, label: text, explains = '' }, index): Spans => {
      const front: Spans = index === 0 ? head : [' '.repeat(spansWidth(head))];
      return [...front, ...show(id, text), ' '.repeat(names - widthOf(text) + 2), span('dim', explains)];
    });
  });
}

/** `[ Retry 131 ]    Cancel` in the middle. @param action  null: there is nothing to confirm yet */
export function buttonLine(action: string | null, focus: string, width: number, glyphs: Glyphs): Spans {
  const spans: Spans = [
    ...(action === null
      ? []
      : [...aimed({ part: ACTION }, [button(action, focus === ACTION ? 'focused' : 'resting', glyphs)]), '   ']),
    ...aimed({ part: CANCEL }, [button('Cancel', focus === CANCEL ? 'focused' : 'quiet', glyphs)]),
  ];
  return [' '.repeat(Math.max(0, Math.floor((width - spansWidth(spans)) / 2))), ...spans];
}

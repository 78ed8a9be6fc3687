import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTION,
  CANCEL,
  type Fields,
  type FormMove,
  type FormState,
  type FormStep,
  focusOf,
  formAfter,
  NEW_FORM,
  valuesOf,
} from '../../../src/ui/components/form.js';
import { buttonLine, fieldLines } from '../../../src/ui/components/form-lines.js';
import { readKeys } from '../../../src/ui/terminal/keys.js';
import { ASCII, DRAWN } from '../../../src/ui/text/glyphs.js';
import { widthOf } from '../../../src/ui/text/graphemes.js';
import { fitSpans, plainText } from '../../../src/ui/text/spans.js';

const option = (id: string) => ({ id, label: id });
/** A wait that may be typed, and a kind of a list. */
const fields: Fields = ({ when }) => [
  { kind: 'choice', id: 'when', label: 'when', shape: 'line', options: ['now', 'later', 'other'].map(option) },
  ...(when === 'other' ? [{ kind: 'text', id: 'typed', label: '', initial: '', hint: '45 min' } as const] : []),
  { kind: 'choice', id: 'kind', label: 'kind', shape: 'list', options: ['quota', 'auth'].map(option) },
];

const step = (name: FormMove): FormStep => ({ do: name });
const typed = (text: string): FormStep[] => readKeys(text).keys.map((key) => ({ do: 'type', key }));
const pressed = (...steps: readonly FormStep[]): FormState =>
  steps.reduce((state, one) => formAfter(state, one, fields), NEW_FORM);
const focus = (state: FormState) => focusOf(state, fields(valuesOf(state, fields)));

describe('a form', () => {
  it('begins with the first choice of each field, and on the first field', () => {
    expect(valuesOf(NEW_FORM, fields)).toEqual({ when: 'now', kind: 'quota' });
    expect(focus(NEW_FORM)).toBe('when');
    expect(focusOf(NEW_FORM, [])).toBe(ACTION);
  });

  it('goes round its fields and buttons, and changes a choice along the way it is drawn', () => {
    expect(focus(pressed(step('next')))).toBe('kind');
    expect(focus(pressed(step('next'), step('next'), step('right')))).toBe(CANCEL);
    expect(focus(pressed(step('back')))).toBe(CANCEL);
    expect(valuesOf(pressed(step('right')), fields).when).toBe('later');
    expect(valuesOf(pressed(step('right'), step('left'), step('left')), fields).when).toBe('now');
    // Down leaves a line, and changes a list.
    const list = pressed(step('down'), step('down'));
    expect([focus(list), valuesOf(list, fields).kind]).toEqual(['kind', 'auth']);
  });

  it('has a field that another one asks for, and takes what is typed there and nowhere else', () => {
    const other = pressed(...typed('lost'), step('right'), step('right'), step('next'), ...typed('9 h'));
    expect(valuesOf(other, fields)).toEqual({ when: 'other', typed: '9 h', kind: 'quota' });
    const back = formAfter(formAfter(other, step('up'), fields), step('left'), fields);
    expect(valuesOf(back, fields)).toEqual({ when: 'later', kind: 'quota' });
  });

  it('is always somewhere, whatever is pressed', () => {
    const steps = fc.array(
      fc.constantFrom<FormStep>(
        ...(['next', 'back', 'left', 'right', 'up', 'down'] as const).map(step),
        ...typed('a\u007f'),
      ),
    );
    fc.assert(
      fc.property(steps, (keys) => {
        const state = pressed(...keys);
        const shown = fields(valuesOf(state, fields));
        expect([...shown.map(({ id }) => id), ACTION, CANCEL]).toContain(focusOf(state, shown));
        expect(['now', 'later', 'other']).toContain(valuesOf(state, fields).when);
      }),
    );
  });
});

describe('a form as it is drawn', () => {
  const drawn = (state: FormState, width = 60, glyphs = DRAWN) =>
    fieldLines(fields(valuesOf(state, fields)), state, width, glyphs).map(plainText);

  it('shows what is chosen by a sign, not by colour alone', () => {
    expect(drawn(pressed(step('right')))).toEqual([
      '▸ when   now [later] other ',
      '  kind  [quota]  ',
      '         auth    ',
    ]);
  });

  it('hides what is secret, and fits its width in both charsets', () => {
    const secret: Fields = () => [
      { kind: 'hidden', id: 'p', label: '日本支社@school.example', initial: '', hint: 'new' },
    ];
    const state = typed('geheim').reduce((now, one) => formAfter(now, one, secret), NEW_FORM);
    for (const glyphs of [DRAWN, ASCII]) {
      const [line] = fieldLines(secret(valuesOf(state, secret)), state, 50, glyphs);
      expect(plainText(line ?? [])).not.toContain('geheim');
      expect(plainText(line ?? [])).toContain(glyphs.hidden.repeat(6));
      expect(widthOf(plainText(fitSpans(line ?? [], 50)))).toBe(50);
    }
  });

  it('has buttons in the middle, and only Cancel where there is nothing to confirm', () => {
    expect(plainText(buttonLine('Retry 131', 'when', 40, DRAWN))).toBe('       [ Retry 131 ]      Cancel  ');
    expect(plainText(buttonLine('Retry 131', CANCEL, 40, DRAWN)).trim()).toBe('[ Retry 131 ]   ▸[ Cancel ]');
    expect(plainText(buttonLine('Retry 131', ACTION, 40, ASCII)).trim()).toBe('>[ Retry 131 ]      Cancel');
    expect(plainText(buttonLine(null, CANCEL, 40, DRAWN)).trim()).toBe('▸[ Cancel ]');
    // The cursor is in a field: Enter does not press it.
    expect(plainText(buttonLine(null, 'when', 40, DRAWN)).trim()).toBe('Cancel');
  });
});

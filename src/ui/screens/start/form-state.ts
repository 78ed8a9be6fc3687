import { SIDES, type Side } from '../../../words/side.js';
import type { FolderChoice } from './folder-choice.js';
import type { FieldName, FolderSeen, MoveDraft, MoveScope, SideTest } from './services.js';
import { NO_FIELDS, type SideFields, takenApart, typedSide } from './typed-fields.js';

const BUTTONS = ['test', 'move', 'dry run', 'folders'] as const;
export type ButtonName = (typeof BUTTONS)[number];

/** The button at a place, or at the part of a line that was clicked; null: there is none. */
export function buttonAt(place: string | null | undefined): ButtonName | null {
  return BUTTONS.find((name) => name === place) ?? null;
}

/** The place that has the keys: the list of batches, a field, or a button. */
const PLACES = [
  'batches',
  'source user',
  'source server',
  'source port',
  'source password',
  'source trust',
  'destination user',
  'destination server',
  'destination port',
  'destination password',
  'destination trust',
  ...BUTTONS,
  'only',
  'without',
  'since',
] as const;
export type Place = (typeof PLACES)[number];

/** How far the test of a side is. A side that is typed anew was not tested. */
export type TestState =
  | { readonly kind: 'untested' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly result: SideTest };

export interface FormState {
  readonly place: Place;
  readonly typed: Readonly<Record<Side, SideFields>>;
  readonly scope: MoveScope;
  readonly tests: Readonly<Record<Side, TestState>>;
  /** The field for what makes a certificate good: shown where it is wanted, or needed. */
  readonly trusts: Readonly<Record<Side, 'hidden' | 'shown'>>;
  /** Counts what was written into a field by something else than keys. */
  readonly written: number;
  /** The move is on its way: nothing is taken any more. */
  readonly starting: 'no' | 'yes';
  /** A dry run is under way. */
  readonly looking: 'no' | 'yes';
}

export type FormAction =
  | { readonly do: 'go'; readonly to: Place }
  /** `batches`: where none is listed there is nothing for the cursor to stand on. */
  | { readonly do: 'next' | 'back'; readonly batches: number }
  /** Shows the certificate fields, with the cursor in one of them; or hides those that are empty. */
  | { readonly do: 'certificates' }
  /** The operator vouches for what a server showed. */
  | { readonly do: 'trust'; readonly side: Side; readonly typed: SideFields }
  | { readonly do: 'type'; readonly side: Side; readonly field: keyof SideFields; readonly text: string }
  | { readonly do: 'scope'; readonly field: Exclude<keyof MoveScope, 'chosen'>; readonly text: string }
  /** From the list of folders: what was typed of them counts no more. */
  | { readonly do: 'choose'; readonly chosen: FolderChoice }
  /** Access tokens come by an application from now on. */
  | { readonly do: 'signed in'; readonly side: Side; readonly typed: SideFields }
  | { readonly do: 'testing'; readonly side: Side }
  /** Counts only for what it was made with. */
  | { readonly do: 'tested'; readonly side: Side; readonly typed: SideFields; readonly result: SideTest }
  /** All was tested: to what failed, else to Move, unless the operator went elsewhere meanwhile. */
  | { readonly do: 'judge' }
  | { readonly do: 'starting'; readonly starting: FormState['starting'] }
  | { readonly do: 'looking'; readonly looking: FormState['looking'] };

export function emptyForm(place: Place): FormState {
  return {
    place,
    typed: { source: NO_FIELDS, destination: NO_FIELDS },
    scope: { chosen: null, only: '', without: '', since: '' },
    tests: { source: { kind: 'untested' }, destination: { kind: 'untested' } },
    trusts: { source: 'hidden', destination: 'hidden' },
    written: 0,
    starting: 'no',
    looking: 'no',
  };
}

/** The form when it comes back from under another page or a small terminal: no test is under way any more. */
export function restoredForm(state: FormState): FormState {
  const rested = (test: TestState): TestState => (test.kind === 'running' ? { kind: 'untested' } : test);
  const tests = { source: rested(state.tests.source), destination: rested(state.tests.destination) };
  return { ...state, tests, starting: 'no', looking: 'no' };
}

export function formAfter(state: FormState, action: FormAction): FormState {
  switch (action.do) {
    case 'go':
      return { ...inOrder(state), place: action.to };
    case 'judge':
      return state.place === 'test' ? { ...state, place: placeOfTrouble(state) } : state;
    case 'next':
    case 'back': {
      const left = inOrder(state);
      const places = placesOf(left).filter((place) => place !== 'batches' || action.batches > 0);
      const step = action.do === 'next' ? 1 : places.length - 1;
      const next = places[(places.indexOf(left.place) + step) % places.length] ?? 'batches';
      // A URL filled in user, server and port: the password is what is still to be typed.
      return { ...left, place: left !== state && action.do === 'next' ? passwordBeside(left.place) : next };
    }
    case 'type': {
      const before = state.typed[action.side];
      if (before[action.field] === action.text) return state;
      // A password that is typed counts, and no application.
      const application = action.field === 'password' && action.text !== '' ? '' : before.application;
      const typed = { ...state.typed, [action.side]: { ...before, application, [action.field]: action.text } };
      return { ...state, typed, tests: { ...state.tests, [action.side]: { kind: 'untested' } } };
    }
    case 'scope':
      return { ...state, scope: scopeAfter(state.scope, action) };
    case 'choose':
      return {
        ...state,
        scope: { ...state.scope, chosen: action.chosen, only: '', without: '' },
        written: state.written + 1,
      };
    case 'certificates':
      return withCertificates(inOrder(state));
    case 'trust':
      return { ...rewritten(state, action), trusts: { ...state.trusts, [action.side]: 'shown' } };
    case 'signed in':
      return rewritten(state, action);
    case 'testing':
      return { ...state, tests: { ...state.tests, [action.side]: { kind: 'running' } } };
    case 'tested':
      if (state.typed[action.side] !== action.typed) return state;
      return { ...state, tests: { ...state.tests, [action.side]: { kind: 'done', result: action.result } } };
    case 'starting':
      return { ...state, starting: action.starting };
    case 'looking':
      return { ...state, looking: action.looking };
  }
}

/** There is nothing to choose from, and nothing to look at, before both sides have answered well. */
const AFTER_THE_TEST: ReadonlySet<Place> = new Set<Place>(['move', 'dry run', 'folders', 'only', 'without', 'since']);

/** Where Tab goes: the button that moves is there once both sides have answered well. */
export function placesOf(state: FormState): readonly Place[] {
  return PLACES.filter((place) => {
    if (AFTER_THE_TEST.has(place)) return mayMove(state);
    if (place === 'source trust') return state.trusts.source === 'shown';
    return place !== 'destination trust' || state.trusts.destination === 'shown';
  });
}

/** With fields that something else than keys wrote into. */
function rewritten(state: FormState, { side, typed }: Extract<FormAction, { do: 'trust' | 'signed in' }>): FormState {
  return {
    ...state,
    typed: { ...state.typed, [side]: typed },
    tests: { ...state.tests, [side]: { kind: 'untested' } },
    written: state.written + 1,
  };
}

/** Whoever types folders means these, and not what was chosen from the list before. */
function scopeAfter(scope: MoveScope, { field, text }: Extract<FormAction, { do: 'scope' }>): MoveScope {
  const isOfFolders = field !== 'since' && text !== scope[field];
  return { ...scope, [field]: text, chosen: isOfFolders ? null : scope.chosen };
}

/** The folders of the source, once its test has listed them. */
export function foldersOf({ tests }: Pick<FormState, 'tests'>): readonly FolderSeen[] {
  return tests.source.kind === 'done' && tests.source.result.ok ? tests.source.result.folders : [];
}

/** Lines that the fields take which say what mail is moved. */
export function linesOfScope(form: FormState): number {
  return mayMove(form) ? 2 : 0;
}

/** Lines that the fields of both sides take. */
export function linesOfFields({ trusts }: FormState): number {
  return 4 + SIDES.filter((side) => trusts[side] === 'shown').length;
}

function withCertificates(state: FormState): FormState {
  const here = state.place.startsWith('destination') ? 'destination' : 'source';
  if (SIDES.some((side) => state.trusts[side] === 'hidden'))
    return { ...state, place: `${here} trust`, trusts: { source: 'shown', destination: 'shown' } };
  const shown = (side: Side) => (state.typed[side].trust === '' ? 'hidden' : 'shown');
  const trusts = { source: shown('source'), destination: shown('destination') } as const;
  const isGone = state.place.endsWith('trust') && trusts[here] === 'hidden';
  return { ...state, trusts, place: isGone ? `${here} password` : state.place };
}

/** Takes a URL apart that was typed into one field; without one, returns the same state. */
function inOrder(state: FormState): FormState {
  const [source, destination] = [takenApart(state.typed.source), takenApart(state.typed.destination)];
  if (source === state.typed.source && destination === state.typed.destination) return state;
  const untested = { kind: 'untested' } as const;
  return {
    ...state,
    typed: { source, destination },
    tests: {
      source: source === state.typed.source ? state.tests.source : untested,
      destination: destination === state.typed.destination ? state.tests.destination : untested,
    },
    written: state.written + 1,
  };
}

function passwordBeside(place: Place): Place {
  return place.startsWith('destination') ? 'destination password' : 'source password';
}

function placeOfTrouble(state: FormState): Place {
  for (const side of SIDES) {
    const test = state.tests[side];
    if (test.kind !== 'done' || test.result.ok) continue;
    const place: Place = `${side} ${test.result.at}`;
    return placesOf(state).includes(place) ? place : `${side} password`;
  }
  return mayMove(state) ? 'move' : 'test';
}

export function draftOf({ typed, scope }: Pick<FormState, 'typed' | 'scope'>): MoveDraft {
  return { source: typedSide(typed.source), destination: typedSide(typed.destination), scope };
}

/** The first field of a side that is empty and must not be; null: none is. */
export function missingIn({ user, server, password, application }: SideFields): FieldName | null {
  if (user.trim() === '') return 'user';
  if (server.trim() === '') return 'server';
  return password === '' && application === '' ? 'password' : null;
}

/** It was typed on both sides. */
export function isOneMailbox({ typed }: Pick<FormState, 'typed'>): boolean {
  const [one, other] = [typed.source, typed.destination].map((side) => typedSide(side).url.toLowerCase());
  return one !== '' && one === other;
}

export function mayMove(form: FormState): boolean {
  return isGood(form.tests.source) && isGood(form.tests.destination) && !isOneMailbox(form);
}

function isGood(test: TestState): boolean {
  return test.kind === 'done' && test.result.ok;
}

import { Chalk } from 'chalk';

/** The role of a text, not its look. Every tone that matters also has a sign or a word beside it. */
const TONES = [
  'text',
  /** Text at rest: labels, units, borders. */
  'dim',
  'strong',
  /** Text about work that moves. */
  'accent',
  /** Text about work that needs the operator. */
  'alert',
  'good',
  /** The row under the cursor. */
  'selected',
  /** A key in the status line and the help. */
  'key',
] as const;
export type Tone = (typeof TONES)[number];

const THEME_NAMES = ['dark', 'light', 'mono', 'bare'] as const;
export type ThemeName = (typeof THEME_NAMES)[number];
export type Theme = Readonly<Record<Tone, (text: string) => string>>;

/**
 * We build our own instance because mode.ts decided the colour level already; chalk's default level looks at
 * another stream. Only the sixteen colours that the operator's palette names are used: they are readable
 * wherever the terminal is, and the shortest on the wire.
 */
const ink = new Chalk({ level: 1 });
const asIs = (text: string): string => text;

/** `mono` keeps weight and inversion, which NO_COLOR does not forbid; `bare` is for terminals without either. */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  dark: {
    text: asIs,
    dim: ink.gray,
    strong: ink.bold,
    accent: ink.cyan,
    alert: ink.yellow,
    good: ink.green,
    selected: ink.inverse,
    key: ink.cyan,
  },
  light: {
    text: asIs,
    dim: ink.gray,
    strong: ink.bold,
    accent: ink.blue,
    alert: ink.red,
    good: ink.green,
    selected: ink.inverse,
    key: ink.blue,
  },
  mono: {
    text: asIs,
    dim: ink.dim,
    strong: ink.bold,
    accent: asIs,
    alert: ink.bold,
    good: asIs,
    selected: ink.inverse,
    key: ink.underline,
  },
  bare: {
    text: asIs,
    dim: asIs,
    strong: asIs,
    accent: asIs,
    alert: asIs,
    good: asIs,
    selected: asIs,
    key: asIs,
  },
};

/** The theme after this one, for the key that goes round. */
export function nextTheme(name: ThemeName): ThemeName {
  if (name === 'dark') return 'light';
  return name === 'light' ? 'mono' : 'dark';
}

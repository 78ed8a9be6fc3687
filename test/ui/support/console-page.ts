import { type Binding, showKey } from '../../../src/ui/keys/bindings.js';

/** A screen as the documentation shows it. */
export interface ScreenPage {
  readonly title: string;
  readonly description: string;
  /** The way there in keys; '': it is seen first. */
  readonly way: string;
  readonly frame: readonly string[];
  readonly bindings: readonly Binding[];
}

const HEAD = `# The console, screen by screen

This page is made from the program: the screens as they are drawn at 80x24 over an invented night, and the keys from the
same table that the console takes them from. \`npm run pages\` makes it anew; a test fails where it is stale.

A key means the same on every screen. Only capital letters and control keys may change the work; small letters only look. A key that does
nothing says why. Esc goes one step back: first the filter, then the marks, then the screen. It never leaves the program.

From 120x40 on the last lines of the night are a graph: bytes and messages a second since the batch began, with a letter where
a connection was dropped (d), a server throttled (t) or was left alone (a), or a mailbox was held (h), and its standstills named.

The mouse works as well: the wheel, rows (a second click opens), heads of columns (sort), the keys in the last lines, buttons and
fields. Text is selected with shift, as terminals do; \`--no-mouse\` leaves the mouse to the terminal.

Ink draws no screens for a screen reader: with \`INK_SCREEN_READER=true\`, or with \`--plain\`, lines are printed instead.
`;

export function consolePage(screens: readonly ScreenPage[], everywhere: readonly Binding[]): string {
  const listed = new Set(everywhere.map(({ id }) => id));
  return [
    HEAD,
    ...screens.map(({ title, description, way, frame, bindings }) =>
      [
        `## ${title}`,
        '',
        `${description}. ${way === '' ? 'It is seen first.' : `The way there: ${way}.`}`,
        '',
        '```text',
        ...frame.map((line) => line.trimEnd()),
        '```',
        '',
        keyTable(bindings.filter(({ id }) => !listed.has(id))),
        '',
      ].join('\n'),
    ),
    '## On every screen',
    '',
    keyTable(everywhere),
    '',
  ].join('\n');
}

/** A page with this frame in the place of its first picture. */
export function withPicture(page: string, frame: readonly string[]): string {
  const picture = frame.map((line) => line.trimEnd()).join('\n');
  return page.replace(/(?<=^```text\n)[\s\S]*?(?=\n```$)/m, () => picture);
}

function keyTable(bindings: readonly Binding[]): string {
  const rows = bindings.map(
    ({ keys, description, when, command }) =>
      `| ${keysText(keys)} | ${description}${when === undefined ? '' : `; only ${when}`} | ${command === undefined ? '' : code(`:${command}`)} |`,
  );
  return ['| key | effect | command |', '|---|---|---|', ...rows].join('\n');
}

function keysText(keys: readonly string[]): string {
  if (keys.length > 2) return `${code(keys[0] ?? '')} to ${code(keys.at(-1) ?? '')}`;
  return keys.map((key) => code(showKey(key))).join(' ');
}

function code(text: string): string {
  return `\`${text}\``;
}

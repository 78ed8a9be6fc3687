/** A key with its one meaning. */
interface Meaning {
  /** Names of keys (terminal/keys.ts); the first is the one that is shown. */
  readonly keys: readonly string[];
  /** One or two words for the status line. */
  readonly label: string;
  /** A short sentence for the help and the palette. */
  readonly means: string;
}

function key(keys: string, label: string, means: string): Meaning {
  return { keys: keys.split(' '), label, means };
}

/** Keys that only look or lead somewhere. */
const LOOKS = {
  up: key('k up', 'up', 'One row up'),
  down: key('j down', 'down', 'One row down'),
  left: key('left', 'left', 'To the left'),
  right: key('right', 'right', 'To the right'),
  pageUp: key('pageup ctrl+b', 'page up', 'One page up'),
  pageDown: key('pagedown ctrl+f', 'page down', 'One page down'),
  first: key('g home', 'first', 'The first row'),
  last: key('G end', 'last', 'The last row'),
  line: key('1 2 3 4 5 6 7 8 9', '1 to 9', 'The line of this number'),
  open: key('enter', 'open', 'Open what is under the cursor'),
  back: key('esc', 'back', 'One step back: the filter, the marks, the screen'),
  next: key('tab', 'next', 'The next part or field'),
  previous: key('shift+tab', 'before', 'The part or field before'),
  mark: key('space', 'mark', 'Mark the row'),
  markAll: key('a', 'all', 'Mark all that the filter shows, or none of it'),
  filter: key('/', 'filter', 'Show what has these words; !word leaves out'),
  sort: key('o', 'sort', 'Choose what the list is sorted by'),
  copy: key('y', 'copy', 'Copy what is under the cursor'),
  save: key('w', 'save', 'Save the list as it is shown to a file'),
  explain: key('x', 'explain', 'Why it was read so: the rule and what follows'),
  arrange: key('t', 'arrange', 'Arrange the list the other way'),
  zoom: key('z', 'zoom', 'A longer or a shorter stretch of time'),
  rehearse: key('r', 'rehearse', 'Play the rest of the night: done by which hour?'),
  follow: key('f', 'follow', 'Follow the newest line, or stay here'),
  severity: key('v', 'severity', 'Leave out what is less severe'),
  side: key('b', 'side', 'Only source, only destination, both'),
  only: key('=', 'only this', 'Only the mailbox of this line, or all'),
  headers: key('h', 'headers', 'Ask the source for From, Subject, Date, size'),
  mailbox: key('m', 'mailbox', 'Open the mailbox of the row'),
  night: key('n', 'night', 'The whole batch'),
  schedule: key('s', 'schedule', 'Who starts when'),
  errors: key('e', 'errors', 'Failures by cause'),
  log: key('l', 'log', 'What happened, as it happens'),
  decisions: key('d', 'decisions', 'What was decided, and what came of it'),
  morning: key('i', 'since you looked', 'What happened since you looked'),
  help: key('? f1', 'help', 'The keys of this screen; / finds one'),
  palette: key(':', 'command', 'Every command by its name'),
  theme: key('ctrl+t', 'theme', 'Dark, light or no colours'),
  redraw: key('ctrl+l', 'redraw', 'Draw the screen anew'),
  messages: key('ctrl+n', 'messages', 'What the console said so far'),
  clear: key('ctrl+u', 'clear', 'Clear what stands in the field'),
  leave: key('q ctrl+c', 'leave', 'Leave the console; the engine goes on'),
} as const satisfies Readonly<Record<string, Meaning>>;

/** Keys that lead into a form in which only its button does something. */
const FORMS = {
  create: key('c', 'move a mailbox', 'Fill in the form that moves one mailbox'),
  check: key('p', 'check a plan', 'Check a plan before its night'),
  certificates: key('ctrl+o', 'certificates', 'Trust a server by its fingerprint or its authority'),
} as const satisfies Readonly<Record<string, Meaning>>;

/** Keys that change the work: capital letters and control keys, so that a word typed by mistake changes nothing. */
const WORK = {
  run: key('R', 'run now', 'Start it now, or try it again'),
  first: key('F', 'few first', 'Try a few of it first; the rest only if these are taken'),
  skip: key('S', 'skip', 'Leave it out, with a reason'),
  putOff: key('B', 'put off', 'Let it rest longer'),
  release: key('H', 'release', 'Release the held mailboxes of it'),
  correct: key('M', 'means', 'Say what responses like this mean'),
  undo: key('U', 'undo', 'Take the last decision back'),
  giveUp: key('Z', 'give up', 'Give the mailbox up, with a reason; it can be taken back'),
  password: key('W', 'give the password', 'Type the password that the mailbox waits for'),
  pause: key('P', 'pause', 'Pause the mailbox, or let it go on'),
  stop: key('K', 'stop it', 'Stop this mailbox: what is in flight is settled first'),
  later: key('L', 'later', 'Start 5 minutes later'),
  sooner: key('E', 'earlier', 'Start 5 minutes earlier'),
  stagger: key('I', 'stagger', 'Change the seconds between first starts'),
  concurrency: key('C', 'at once', 'Change how many mailboxes are at work at once'),
  hours: key('O', 'hours', 'Change the hours in which mailboxes are at work'),
  pauseAll: key('A', 'pause all', 'Pause the whole batch, or let it go on'),
  stopAll: key('X', 'stop all', 'Stop the work: what is in flight is settled first'),
  stopNow: key('ctrl+x', 'stop now', 'Stop the work now: connections are dropped'),
  goOn: key('ctrl+r', 'go on', 'Let all go on that was broken off'),
  delete: key('D', 'delete', 'Delete the records of the batch'),
  yes: key('Y', 'yes', 'Do what is asked about'),
} as const satisfies Readonly<Record<string, Meaning>>;

/** In a page of text the space bar turns the page, as in every pager: nothing can be marked there. */
const PAGER = {
  space: key('space', 'page on', 'One page on'),
} as const satisfies Readonly<Record<string, Meaning>>;

type Named<Prefix extends string, Table> = { readonly [Name in keyof Table & string as `${Prefix}.${Name}`]: Meaning };

function named<Prefix extends string, Table extends Readonly<Record<string, Meaning>>>(
  prefix: Prefix,
  table: Table,
): Named<Prefix, Table> {
  const rows = Object.entries(table).map(([name, meaning]) => [`${prefix}.${name}`, meaning]);
  return Object.fromEntries(rows) as Named<Prefix, Table>;
}

/**
 * Each key and its one meaning, on every screen. A screen names an action (`look.filter`, `work.run`) and never a key, so
 * that no two screens differ. The first part says how far it reaches: `look`, `form` or `work`.
 */
export const KEY_TABLE = {
  ...named('look', LOOKS),
  ...named('pager', PAGER),
  ...named('form', FORMS),
  ...named('work', WORK),
};
export type KeyAction = keyof typeof KEY_TABLE;

/** The reach of a key into the work: nothing; nothing before a button is pressed; something. */
export type Reach = 'look' | 'form' | 'work';

export function reachOf(action: KeyAction): Reach {
  if (action.startsWith('work.')) return 'work';
  return action.startsWith('form.') ? 'form' : 'look';
}

/** The action that a key has anywhere, or null. */
export function actionOf(key: string): KeyAction | null {
  const found = Object.entries(KEY_TABLE).find(([, { keys }]) => keys.includes(key));
  return found ? (found[0] as KeyAction) : null;
}

import type { CommandGroup } from '../command-group.js';
import { type Decision, type Facts, firstOf, type Rule } from '../rule.js';
import { KNOWN } from '../wordings/known.js';
import { BY_CODE } from './by-code.js';
import { BY_STATUS } from './by-status.js';
import { FOLDER_WORDS } from './folder.js';
import { KNOWN_SERVERS } from './known-servers.js';
import { LOGIN_WORDS } from './login.js';
import { NOTIFICATIONS_BROKEN, OUTSIDE_WORDS } from './outside-of-commands.js';
import { PRESSURE_RULES } from './pressure.js';
import { READ_WORDS } from './read.js';
import { WRITE_WORDS } from './write.js';

/** Rules that hold for any command. */
const ALWAYS: readonly Rule[] = [NOTIFICATIONS_BROKEN, ...PRESSURE_RULES];
const FOR_FOLDER: readonly Rule[] = [...ALWAYS, ...FOLDER_WORDS];
const FOR_WRITE: readonly Rule[] = [...ALWAYS, ...WRITE_WORDS];
const FOR_LOGIN: readonly Rule[] = [...ALWAYS, ...LOGIN_WORDS];
const FOR_READ: readonly Rule[] = [...ALWAYS, ...READ_WORDS];

/** Rules on words, sorted by command group so that fewer are tried. */
const BY_WORDS: Readonly<Record<CommandGroup, readonly Rule[]>> = {
  connect: narrowed('connect', FOR_LOGIN),
  login: narrowed('login', FOR_LOGIN),
  open: narrowed('open', FOR_FOLDER),
  make: narrowed('make', FOR_FOLDER),
  look: narrowed('look', FOR_FOLDER),
  append: narrowed('append', FOR_WRITE),
  copy: narrowed('copy', FOR_WRITE),
  store: narrowed('store', FOR_READ),
  fetch: narrowed('fetch', FOR_READ),
  other: narrowed('other', [...ALWAYS, ...LOGIN_WORDS, ...OUTSIDE_WORDS]),
};

function narrowed(group: CommandGroup, rules: readonly Rule[]): readonly Rule[] {
  return rules.filter(({ groups }) => groups === undefined || groups.includes(group));
}

/** All rules, by name. Rules of one name have one advice. */
export const RULES: readonly Rule[] = [
  ...KNOWN_SERVERS,
  ...Object.values(BY_CODE).flat(),
  ...ALWAYS,
  ...FOLDER_WORDS,
  ...WRITE_WORDS,
  ...LOGIN_WORDS,
  ...READ_WORDS,
  ...OUTSIDE_WORDS,
  ...BY_STATUS,
];

const SUCCESS = new Set(['OK', 'PREAUTH', 'DATA', 'CONTINUE']);
/** Codes that make a success be read by its words as well. */
const WARNING_CODES = new Set(['ALERT']);

/** Finds the rule, special ones first: known servers, then the code, then the words, then the status. */
export function decide(facts: Facts): Decision {
  const success = facts.status !== null && SUCCESS.has(facts.status);
  return (
    (success || !saysSomethingKnown(facts) ? null : firstOf(KNOWN_SERVERS, facts)) ??
    (facts.code !== null && Object.hasOwn(BY_CODE, facts.code) ? firstOf(BY_CODE[facts.code]!, facts) : null) ??
    (success && !(facts.code !== null && WARNING_CODES.has(facts.code))
      ? null
      : firstOf(BY_WORDS[facts.group], facts)) ??
    firstOf(BY_STATUS, facts)!
  );
}

function saysSomethingKnown({ says }: Facts): boolean {
  for (const wording of says.keys()) if (wording in KNOWN) return true;
  return false;
}

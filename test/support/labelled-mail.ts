import { seeded } from '../../bench/lab/seeded.js';
import { type Account, GMAIL, type NewMessage, type ServerOptions } from '../../demo/server/index.js';
import type { LabelPolicy } from '../../src/store/batch/batch.js';
import type { Night } from './night.js';
import { letter, type Mail } from './odd-mail.js';

/** A source that speaks X-GM-EXT-1. */
export const gmailSource: ServerOptions = GMAIL;

export const ALL_MAIL = '[Gmail]/All Mail';
const LABELS = ['INBOX', 'Work', 'Work/Paid', 'Zoë (privat)', '[Gmail]/Sent Mail', '[Gmail]/Drafts'] as const;

/** Both servers, by what is in their accounts. */
interface Sides {
  readonly source: { account(user: string): Account };
  readonly destination: { account(user: string): Account };
}

/** So many letters with three labels each in the mean, some without any, some in Spam and Trash. */
export function labelledMail(messages: number, seed = 1): Mail {
  const random = seeded(seed);
  const mail: Record<string, NewMessage[]> = {};
  const put = (folder: string, message: NewMessage) => {
    mail[folder] ??= [];
    mail[folder].push(message);
  };
  for (let n = 1; n <= messages; n++) {
    const message = letter(`gm-${n}`, { flags: n % 5 === 0 ? ['\\Flagged'] : n % 3 === 0 ? ['\\Seen'] : [] });
    if (n % 17 === 0) put(n % 2 === 0 ? '[Gmail]/Spam' : '[Gmail]/Trash', message);
    else if (n % 11 === 0) put(ALL_MAIL, message);
    else {
      const some = LABELS.filter(() => random() < 0.5);
      for (const label of some.length > 0 ? some : ['INBOX']) put(label, message);
    }
  }
  return mail;
}

/** Folders of a Gmail account in the order in which a message of several is given to one. */
const ORDER = [
  'INBOX',
  '[Gmail]/Drafts',
  'Work',
  'Work/Paid',
  'Zoë (privat)',
  '[Gmail]/Sent Mail',
  '[Gmail]/Spam',
  '[Gmail]/Trash',
  ALL_MAIL,
];

/** Where its folders go at a destination with the usual four. */
const GOES_TO: Readonly<Record<string, string>> = {
  '[Gmail]/Drafts': 'Drafts',
  '[Gmail]/Sent Mail': 'Sent',
  '[Gmail]/Spam': 'Junk',
  '[Gmail]/Trash': 'Trash',
  [ALL_MAIL]: 'Archive',
};

/** The destination folder of a source folder. */
export const goesTo = (folder: string): string => GOES_TO[folder] ?? folder;

export const subjectOf = (raw: Buffer) => /^Subject: (.*)\r$/m.exec(raw.toString('latin1'))?.[1] ?? '';

/** The folders that show each message of an account, by its subject. */
function placesOf(night: Sides, user: string): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const folder of ORDER)
    for (const { raw } of night.source.account(user).find(folder)?.messages ?? []) {
      const subject = subjectOf(raw);
      places.set(subject, [...(places.get(subject) ?? []), folder]);
    }
  return places;
}

/** `folder: subject` of each message that should be at the destination. */
export function expectedBy(policy: LabelPolicy, night: Sides, user = 'ann'): readonly string[] {
  const rows: string[] = [];
  for (const [subject, folders] of placesOf(night, user)) {
    const labels = folders.filter((folder) => folder !== ALL_MAIL);
    const archived = folders.includes(ALL_MAIL) ? [ALL_MAIL] : [];
    const chosen =
      policy === 'keywords'
        ? [archived[0] ?? folders[0]!]
        : labels.length === 0
          ? archived
          : policy === 'first-folder'
            ? [labels[0]!]
            : labels;
    for (const folder of chosen) rows.push(`${goesTo(folder)}: ${subject}`);
  }
  return rows.sort();
}

/** The same of what is there. */
export function thereAt(night: Sides, user = 'ann'): readonly string[] {
  return [...night.destination.account(user).folders]
    .flatMap(([folder, { messages }]) => messages.map(({ raw }) => `${folder}: ${subjectOf(raw)}`))
    .sort();
}

/** How many bodies the source was asked for, of one user or all. */
export function bodiesFetched(night: Night): number {
  return night.source
    .sent('UID FETCH')
    .filter(({ args }) => args.includes('BODY.PEEK[]'))
    .reduce((sum, { uids }) => sum + uidsIn(uids ?? ''), 0);
}

function uidsIn(set: string): number {
  return set.split(',').reduce((sum, part) => {
    const [first = 0, last = first] = part.split(':').map(Number);
    return sum + last - first + 1;
  }, 0);
}

/** The keywords of each message of a destination folder, by subject. */
export function keywordsAt(night: Sides, folder: string, user = 'ann'): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    night.destination
      .account(user)
      .folder(folder)
      .messages.map(({ raw, flags }) => [subjectOf(raw), [...flags].filter((flag) => !flag.startsWith('\\')).sort()]),
  );
}

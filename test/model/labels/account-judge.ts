import type { Account } from '../../../demo/server/index.js';
import type { LabelPolicy } from '../../../src/store/batch/batch.js';
import { ALL_MAIL, goesTo, subjectOf } from '../../support/labelled-mail.js';

/** Shown by flags of the messages alone: they are not copied. */
const VIEWS: readonly string[] = ['[Gmail]/Starred', '[Gmail]/Important'];

/** The folders that show each message, by its subject. */
type Places = ReadonlyMap<string, ReadonlySet<string>>;

/** Looks at both accounts, and knows what must be at the destination. It reads nothing that the program remembers. */
export class AccountJudge {
  /** Folders that ever showed a message, and may bring it: All Mail only what no label shows. */
  readonly #ever = new Map<string, Set<string>>();
  /** How many more copies of a message may stand there, by docs/limits.md. */
  readonly #excused = new Map<string, number>();
  readonly #takenOff = new Map<string, number>();
  /** A pass was killed or cut off, and none has ended well since. */
  #isUnknown = false;
  #before: Places = new Map();

  constructor(
    private readonly policy: LabelPolicy,
    private readonly source: Account,
    private readonly destination: Account,
  ) {
    this.sees();
  }

  /** To be called after each change of the source. */
  sees(): void {
    for (const [subject, folders] of placesIn(this.source)) {
      const ever = this.#ever.get(subject) ?? new Set<string>();
      const isArchived = this.policy === 'keywords' || folders.size === 1;
      for (const folder of folders) if (folder !== ALL_MAIL || isArchived) ever.add(folder);
      this.#ever.set(subject, ever);
    }
  }

  /** A folder was numbered anew on either side: nobody knows any more which of its messages another label brought. */
  numberedAnew(subjects: Iterable<string>): void {
    add(this.#excused, subjects);
  }

  /** A message that was under way in a folder is not found by another label. */
  takenOff(subjects: Iterable<string>): void {
    add(this.#takenOff, subjects);
    if (this.#isUnknown) add(this.#excused, subjects);
  }

  /** A message that was sent may be stored, and the program need not know. */
  get isUnknown(): boolean {
    return this.#isUnknown;
  }

  /** How many labels were taken off a message. */
  takenOffFrom(subject: string): number {
    return this.#takenOff.get(subject) ?? 0;
  }

  /** A pass that is killed or cut off begins. */
  beginsInTrouble(): void {
    this.begins();
    this.#isUnknown = true;
  }

  /** A pass begins. */
  begins(): void {
    this.sees();
    this.#before = placesIn(this.source);
  }

  /** A message is nowhere twice where it must not be, and nowhere where no label puts it. @returns what is wrong */
  wrongAtAnyTime(): readonly string[] {
    const wrong: string[] = [];
    const copies = new Map<string, number>();
    for (const [path, { messages }] of this.destination.folders) {
      const here = new Map<string, number>();
      for (const { raw } of messages) here.set(subjectOf(raw), (here.get(subjectOf(raw)) ?? 0) + 1);
      for (const [subject, count] of here) {
        copies.set(subject, (copies.get(subject) ?? 0) + count);
        // Where each label has its copy, one that is taken off and put on again is another message of its folder.
        const most = 1 + (this.policy === 'all-folders' ? this.takenOffFrom(subject) : 0);
        if (count > most) wrong.push(`${subject} is ${count} times in ${path}`);
        const labels = [...(this.#ever.get(subject) ?? [])];
        if (!labels.some((folder) => goesTo(folder) === path)) wrong.push(`${subject} is in ${path}: no label says so`);
      }
    }
    if (this.policy === 'all-folders') return wrong;
    for (const [subject, count] of copies)
      if (count > 1 + (this.#excused.get(subject) ?? 0)) wrong.push(`${subject} has ${count} copies`);
    return wrong;
  }

  /** A pass has ended well: what was there all the time is at the destination. @returns what is missing */
  missing(): readonly string[] {
    this.#isUnknown = false;
    const now = placesIn(this.source);
    const there = placesIn(this.destination);
    const missing: string[] = [];
    for (const [subject, before] of this.#before) {
      const stayed = [...before].filter((folder) => now.get(subject)?.has(folder));
      const isAt = (folder: string) => there.get(subject)?.has(goesTo(folder)) ?? false;
      if (stayed.length > 0 && !there.has(subject)) missing.push(`${subject} is missing`);
      if (this.policy !== 'all-folders') continue;
      for (const folder of stayed)
        if (folder !== ALL_MAIL && !isAt(folder)) missing.push(`${subject} is missing in ${goesTo(folder)}`);
    }
    return missing;
  }
}

function add(to: Map<string, number>, subjects: Iterable<string>): void {
  for (const subject of subjects) to.set(subject, (to.get(subject) ?? 0) + 1);
}

function placesIn(account: Account): Places {
  const places = new Map<string, Set<string>>();
  for (const [path, { messages }] of account.folders)
    for (const { raw } of VIEWS.includes(path) ? [] : messages) {
      const subject = subjectOf(raw);
      places.set(subject, (places.get(subject) ?? new Set()).add(path));
    }
  return places;
}

import { pick } from '../../../bench/lab/seeded.js';
import { type Account, Folder } from '../../../demo/server/index.js';
import type { Random } from '../../../src/words/clock.js';
import { ALL_MAIL, goesTo, subjectOf } from '../../support/labelled-mail.js';
import { letter } from '../../support/odd-mail.js';

/** Labels that are put on and taken off. AAA comes before all that the account begins with, and is listed after them. */
const LABELS = ['INBOX', 'AAA', 'Work', 'Work/Paid', 'Zoë (privat)', '[Gmail]/Sent Mail', '[Gmail]/Drafts'] as const;

/** A user who is at work in a Gmail account while it is moved. Each act is told as a line of the night's story. */
export class GmailUser {
  #letters = 0;

  constructor(
    private readonly account: Account,
    private readonly random: Random,
    private readonly tell: (act: string) => void,
    /** A label was put on these messages, or taken off them, by subject. */
    private readonly onLabels: (how: 'put on' | 'taken off', subjects: readonly string[]) => void,
  ) {}

  /** One of the acts, by chance. */
  acts(): void {
    const acts = [this.putsLabelsOn, this.putsLabelsOn, this.takesLabelsOff, this.deletes, this.receives];
    acts[pick(this.random, acts.length)]!.call(this);
  }

  /** Messages of any age get one label more, that may come before all that they have. */
  putsLabelsOn(): void {
    for (let n = 0; n < 5; n++) {
      const { messages } = this.account.folder(ALL_MAIL);
      const message = messages[pick(this.random, messages.length)];
      if (!message) return;
      const path = this.#label();
      const { raw, internalDate } = message;
      (this.account.find(path) ?? this.account.addFolder(path)).add({ raw, internalDate });
      this.tell(`${subjectOf(raw)} gets ${path}`);
      this.onLabels('put on', [subjectOf(raw)]);
    }
  }

  takesLabelsOff(): void {
    const path = this.#label();
    const folder = this.account.find(path);
    const going = folder?.messages.filter(() => this.random() < 0.4) ?? [];
    const subjects = going.map(({ raw }) => subjectOf(raw));
    this.tell(`${path} is taken off ${subjects.join(', ') || 'nothing'}`);
    folder?.expunge(...going.map(({ uid }) => uid));
    this.onLabels('taken off', subjects);
  }

  /** For good: from all its labels, and from All Mail. */
  deletes(): void {
    const { messages } = this.account.folder(ALL_MAIL);
    const message = messages[pick(this.random, messages.length)];
    if (!message || messages.length < 5) return;
    const subject = subjectOf(message.raw);
    this.tell(`${subject} is deleted`);
    for (const folder of this.account.folders.values()) {
      const uids = folder.messages.filter(({ raw }) => subjectOf(raw) === subject).map(({ uid }) => uid);
      // From All Mail a client expunges nothing: Gmail itself does, when Trash is emptied.
      Folder.prototype.expunge.apply(folder, uids);
    }
  }

  /** A new letter, with two labels at once. */
  receives(): void {
    const message = letter(`new-${++this.#letters}`, { bytes: 150 + pick(this.random, 400) });
    const paths = ['INBOX', this.#label()];
    this.tell(`${subjectOf(message.raw as Buffer)} comes into ${paths.join(' and ')}`);
    for (const path of paths) (this.account.find(path) ?? this.account.addFolder(path)).add(message);
  }

  /** A restore of the server: a folder has another UIDVALIDITY, and other UIDs. @returns subjects of what is in it */
  renumbers(): readonly string[] {
    const path = this.random() < 0.3 ? ALL_MAIL : this.#label();
    const folder = this.account.find(path);
    folder?.renumber();
    this.tell(`${path} is numbered anew`);
    return folder?.messages.map(({ raw }) => subjectOf(raw)) ?? [];
  }

  #label(): string {
    return LABELS[pick(this.random, LABELS.length)]!;
  }
}

/** A destination folder is numbered anew, or made anew without its mail. @returns what stood in it */
export function renumbersDestination(account: Account, random: Random, tell: (act: string) => void): readonly string[] {
  const name = goesTo(random() < 0.3 ? ALL_MAIL : LABELS[pick(random, LABELS.length)]!);
  const folder = account.find(name);
  if (!folder) return [];
  const stood = folder.messages.map(({ raw }) => subjectOf(raw));
  const isEmptied = random() < 0.5;
  if (isEmptied) folder.expunge(...folder.messages.map(({ uid }) => uid));
  folder.renumber();
  tell(`${name} of the destination is ${isEmptied ? 'made anew, and empty' : 'numbered anew'}`);
  return stood;
}

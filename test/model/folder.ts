import { contentKey, type Form, type Mail, type Rewrite } from './mail.js';

/** A message where it stands. */
export interface Standing {
  readonly uid: number;
  readonly mail: Mail;
  readonly key: string;
  readonly rewrite: Rewrite;
  readonly form: Form;
  /** Number of its INTERNALDATE. */
  readonly date: number;
  readonly flags: Set<string>;
  /** UID of the source message that it is a copy of, or null for a stranger's. */
  readonly origin: number | null;
}

/** A folder of a server: UIDs ascend and are never used again. */
export class ModelFolder {
  readonly messages: Standing[] = [];
  uidNext = 1;
  /** Content by UID, of all that ever stood here. */
  readonly #keys = new Map<number, string>();

  add(mail: Mail, how: Partial<Pick<Standing, 'rewrite' | 'form' | 'date' | 'flags' | 'origin'>> = {}): Standing {
    const standing: Standing = {
      uid: this.uidNext++,
      mail,
      key: contentKey(mail),
      rewrite: how.rewrite ?? 'none',
      form: how.form ?? 'as-is',
      date: how.date ?? mail.date,
      flags: how.flags ?? new Set(mail.flagged ? ['\\Flagged'] : []),
      origin: how.origin ?? null,
    };
    this.messages.push(standing);
    this.#keys.set(standing.uid, standing.key);
    return standing;
  }

  find(uid: number): Standing | undefined {
    return this.messages.find((message) => message.uid === uid);
  }

  keyOf(uid: number): string | undefined {
    return this.#keys.get(uid);
  }

  /** How many messages of this content ever stood here. */
  everHeld(key: string): number {
    let count = 0;
    for (const held of this.#keys.values()) if (held === key) count++;
    return count;
  }

  remove(uid: number): void {
    const at = this.messages.findIndex((message) => message.uid === uid);
    if (at >= 0) this.messages.splice(at, 1);
  }

  /** @param set an IMAP sequence set of UIDs; `n:*` names the last message even where its UID is under n */
  named(set: string): Standing[] {
    const last = this.messages.at(-1)?.uid ?? 0;
    const bounds = set.split(',').map((part) => {
      const [from = '', to = from] = part.split(':');
      const [a, b] = [from === '*' ? last : Number(from), to === '*' ? last : Number(to)];
      return a <= b ? ([a, b] as const) : ([b, a] as const);
    });
    return this.messages.filter(({ uid }) => bounds.some(([low, high]) => low <= uid && uid <= high));
  }
}

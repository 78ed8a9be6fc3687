import { imapDate, ZONES } from './corpus-dates.js';
import { type Kind, writeMessage } from './corpus-raw.js';
import { logNormal, pick, seeded } from './seeded.js';

export type { Kind } from './corpus-raw.js';

/** Folders of the corpus, with `/` between levels, and how much of the mail lies in each. */
export const FOLDERS = [
  ['INBOX', 30],
  ['Archive', 12],
  ['Archive/2019', 10],
  ['Archive/2019/Q1', 6],
  ['Sent', 14],
  ['Drafts', 1],
  ['Trash', 3],
  ['Junk', 4],
  ['Übersicht/Rechnungen & Co', 5],
  ['日本語/メール', 5],
  ['Lists/linux-kernel', 8],
  ['Projects/αβγ', 2],
] as const;
/** Folders without any mail. */
export const EMPTY_FOLDERS = ['Empty', 'Empty/Leer'] as const;

/** Bytes of a message: log-normal around `mean`. */
const PROFILES = {
  small: { messages: 10_000, mean: 6 << 10, sigma: 0.8, least: 300, most: 512 << 10 },
  mixed: { messages: 2000, mean: 75 << 10, sigma: 1.6, least: 300, most: 12 << 20 },
  large: { messages: 60, mean: 8 << 20, sigma: 0.05, least: 1024, most: 12 << 20 },
} as const;
export type Profile = keyof typeof PROFILES;
export const PROFILE_NAMES = Object.keys(PROFILES) as readonly Profile[];

export interface CorpusMessage {
  readonly index: number;
  readonly folder: string;
  readonly flags: readonly string[];
  /** Milliseconds since the epoch, whole seconds. */
  readonly instant: number;
  /** The same as APPEND takes it. */
  readonly internalDate: string;
  readonly raw: Buffer;
  readonly kind: Kind;
}

export interface CorpusOptions {
  /** The first so many messages of the profile. */
  readonly limit?: number;
  readonly seed?: number;
  /** Leave out what is odd. */
  readonly plain?: boolean;
}

/** The indices that are odd: every `period`, from `from` on. The earlier wins. */
const ODDITIES: readonly (readonly [kind: Kind, period: number, from: number])[] = [
  ['exact-duplicate', 200, 7],
  ['same-message-id', 200, 57],
  ['no-message-id', 250, 33],
  ['sparse-header', 500, 22],
  ['header-only', 997, 40],
  ['mbox-from-line', 1009, 44],
  ['no-final-newline', 499, 10],
  ['bare-lf', 503, 30],
  ['nul', 509, 31],
  ['long-header', 211, 6],
  ['long-line', 107, 8],
  ['eight-bit-header', 101, 9],
  ['eight-bit-body', 97, 5],
];

const [FIRST_DAY, LAST_DAY] = [Date.UTC(2008, 0, 1), Date.UTC(2025, 0, 1)];

/** The messages of a profile, the same each time. `large` keeps to three folders. */
export function* messages(
  profile: Profile,
  { limit, seed = 1, plain = false }: CorpusOptions = {},
): Generator<CorpusMessage> {
  const { messages: all, mean, sigma, least, most } = PROFILES[profile];
  const random = seeded(seed * 1_000_003 + all);
  const folders = profile === 'large' ? [FOLDERS[0], FOLDERS[1], FOLDERS[8]] : FOLDERS;
  const last = new Map<string, { readonly raw: Buffer; readonly messageId: string }>();
  for (let index = 0; index < Math.min(all, limit ?? all); index++) {
    const folder = weighted(folders, random());
    const previous = last.get(folder);
    const wanted = plain ? 'plain' : (ODDITIES.find(([, period, from]) => index % period === from)?.[0] ?? 'plain');
    const kind = previous === undefined && /duplicate|same/.test(wanted) ? 'plain' : wanted;
    const zone = ZONES[pick(random, ZONES.length)] ?? ZONES[0];
    const instant = FIRST_DAY + 1000 * pick(random, (LAST_DAY - FIRST_DAY) / 1000);
    const flags = flagsOf(random, folder, !plain && index % 500 === 77);
    const fresh = `<${profile}.${seed}.${index}.${pick(random, 1e9).toString(36)}@corpus.example>`;
    const messageId = kind === 'same-message-id' ? (previous?.messageId ?? fresh) : fresh;
    const size = Math.max(least, Math.min(most, logNormal(random, mean, sigma)));
    const raw =
      kind === 'exact-duplicate' && previous !== undefined
        ? previous.raw
        : writeMessage(random, { index, kind, messageId, size, instant, zone });
    last.set(folder, { raw, messageId });
    yield { index, folder, flags, instant, internalDate: imapDate(instant, zone), raw, kind };
  }
}

function weighted(folders: readonly (readonly [string, number])[], random: number): string {
  let left = random * folders.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [folder, weight] of folders) {
    left -= weight;
    if (left < 0) return folder;
  }
  return 'INBOX';
}

function flagsOf(random: () => number, folder: string, deleted: boolean): string[] {
  const chances = [
    ['\\Seen', 0.8],
    ['\\Answered', 0.15],
    ['\\Flagged', 0.04],
    ['$Forwarded', 0.03],
    ['NonJunk', 0.1],
    ['$label1', 0.02],
    ['Projekt-X', 0.01],
  ] as const;
  const flags: string[] = chances.filter(([, chance]) => random() < chance).map(([flag]) => flag);
  if (folder === 'Drafts') flags.push('\\Draft');
  if (deleted) flags.push('\\Deleted');
  return flags;
}

/** One mailbox of the night. */
export interface NightMailbox {
  readonly email: string;
  /** Of both sides; of nobody. */
  readonly password: string;
  /** Messages by folder. */
  readonly folders: Readonly<Record<string, number>>;
  /** Milliseconds that the destination takes to store one of its messages. */
  readonly pace: number;
}

const SECONDS_A_HUNDRED = { brisk: 12, usual: 20, slow: 30 } as const;

/** The mailboxes that move, in the order of the plan, at full size: 24 mailboxes of 60 to 6,000 messages. */
const ROWS: readonly (readonly [
  user: string,
  pace: keyof typeof SECONDS_A_HUNDRED,
  folders: Readonly<Record<string, number>>,
])[] = [
  ['ann', 'usual', { INBOX: 900, Sent: 260, 'Projects/2025/Bridge': 140 }],
  ['carol', 'usual', { INBOX: 700, 'Archive/2024': 380 }],
  ['tom', 'usual', { INBOX: 420, Sent: 90 }],
  ['maria', 'usual', { INBOX: 1400, Sent: 420 }],
  ['ben', 'brisk', { INBOX: 2100, Sent: 800, 'Archive/2024': 1500, 'Archive/2025': 1600 }],
  ['dave', 'usual', { INBOX: 850, Drafts: 6 }],
  ['henry', 'usual', { INBOX: 1200, Sent: 300 }],
  ['eve', 'usual', { INBOX: 620, Sent: 110 }],
  ['peter', 'usual', { INBOX: 1300, 'Lists/Announcements': 900 }],
  ['cleo', 'usual', { INBOX: 540, Drafts: 4 }],
  ['grace', 'usual', { INBOX: 760, Sent: 180 }],
  ['olga', 'usual', { INBOX: 1500, 'Archive/2023': 700 }],
  ['ida', 'brisk', { INBOX: 1700, Sent: 420 }],
  ['jiro', 'usual', { INBOX: 480, 下書き: 12, 'プロジェクト/橋': 360 }],
  ['frank', 'usual', { INBOX: 340, Sent: 60 }],
  ['karl', 'brisk', { INBOX: 2600, Sent: 700, 'Archive/2022': 1400 }],
  ['lena', 'slow', { INBOX: 420, Vorlagen: 9 }],
  ['nina', 'usual', { INBOX: 180, Sent: 40 }],
  ['quinn', 'usual', { INBOX: 60 }],
  ['rosa', 'usual', { INBOX: 950, 'Receipts & Taxes/2025': 240 }],
  ['sven', 'usual', { INBOX: 310, Skräp: 15 }],
  ['uma', 'brisk', { INBOX: 1900, Sent: 510, Trash: 30 }],
  ['vera', 'usual', { INBOX: 740, Sent: 120 }],
  ['walt', 'usual', { INBOX: 130 }],
];

/** Messages that a folder keeps however small the night: special ones lie among the first of an INBOX. */
const LEAST = { inbox: 30, other: 4 } as const;

/** @param scale of their size: 1 for the whole night */
export function mailboxesOf(scale: number): readonly NightMailbox[] {
  return ROWS.map(([user, pace, folders]) => ({
    email: `${user}@school.example`,
    password: `${user}-demo`,
    pace: SECONDS_A_HUNDRED[pace] * 10,
    folders: Object.fromEntries(
      Object.entries(folders).map(([path, count]) => [
        path,
        Math.max(path === 'INBOX' ? LEAST.inbox : LEAST.other, Math.round(count * scale)),
      ]),
    ),
  }));
}

export function messagesOf({ folders }: NightMailbox): number {
  return Object.values(folders).reduce((sum, count) => sum + count, 0);
}

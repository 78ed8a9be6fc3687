import type { Finding } from '../../../src/engine/check/finding.js';
import {
  box,
  many,
  type OddFolder,
  type OddFolders,
  type OddServer,
  type OddSpec,
  serve,
} from '../../support/odd-server.js';
import { AnOperator } from '../an-operator.js';

/** The ordinary answer of a server with room for everything. */
const ROOM: NonNullable<OddSpec['on']> = { GETQUOTAROOT: () => quota(0, 1_000_000) };
const OF_EVERY_PLAN: ReadonlySet<string> = new Set(['bodies-unread', 'nothing-written']);

export const quota = (used: number, limit: number) => [
  '* QUOTAROOT INBOX ""',
  `* QUOTA "" (STORAGE ${used} ${limit})`,
  '%T OK done',
];
export const CAPS = 'UIDPLUS QUOTA';

/** Each user has as many messages as their name has letters, so that no two are equal. */
const apart = (user: string): OddFolders => ({ INBOX: many(user.length) });

export const PLAN = 'EmailAddress,UserName,Password,DestinationPassword\nann@x,ann,p,q\nbenn@x,benn,p,q\n';

/** A plan of two mailboxes and two servers that are ordinary but for what a test says, and what `check` prints of them. */
export class APlanToCheck {
  plan = PLAN;
  readonly #servers: OddServer[] = [];

  private constructor(readonly operator: AnOperator) {}

  static async written(): Promise<APlanToCheck> {
    const operator = await AnOperator.atWork();
    operator.env.NIGHTFERRY_SOURCE_PASSWORD = 'a';
    return new APlanToCheck(operator);
  }

  async isDone(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
    await this.operator.goesHome();
  }

  /** The source and the destination. */
  async pair(source: OddSpec, destination: OddSpec = {}): Promise<readonly [OddServer, OddServer]> {
    const both = [
      await serve({ foldersFor: apart, ...source }),
      await serve({
        caps: CAPS,
        foldersFor: () => ({ INBOX: box() }),
        ...destination,
        on: { ...ROOM, ...destination.on },
      }),
    ] as const;
    this.#servers.push(...both);
    return both;
  }

  /** @returns the exit code @throws where the command is refused */
  async check([source, destination]: readonly [OddServer, OddServer], ...more: string[]): Promise<number> {
    const { operator } = this;
    const url = ({ port }: OddServer) => `imap://127.0.0.1:${port}`;
    await operator.writes('school.csv', this.plan);
    const servers = ['--source', url(source), '--destination', url(destination), '--insecure-plaintext'];
    const code = await operator.runs('check', `${operator.dir}/school.csv`, ...servers, ...more);
    if (code === 2) throw new Error(operator.err.text);
    return code;
  }

  printed(): ({ type: string } & Finding)[] {
    return this.operator.out.lines.map((line) => JSON.parse(line));
  }

  /** All findings, but for those that every plan has. */
  found(): string[] {
    return this.printed()
      .filter(({ type, kind }) => type === 'finding' && !OF_EVERY_PLAN.has(kind))
      .map(({ kind, side, mailbox, folder }) =>
        [kind, side, mailbox, folder].filter((part) => part !== null).join(' '),
      );
  }
}

/** Ann's mailbox, with something odd; that of the other is ordinary. */
export const annHas = (folders: () => OddFolders): OddSpec => ({
  foldersFor: (user) => (user.startsWith('ann') ? folders() : apart(user)),
});
export const marked = (...flags: string[]): OddFolder => {
  const folder = many(3);
  folder.messages[0]!.flags = flags;
  return folder;
};

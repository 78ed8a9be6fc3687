import { expect, it, onTestFinished } from 'vitest';
import { type FaultEvent, GMAIL, type ImapServer, startImapServer } from '../../demo/server/index.js';
import { LABEL_POLICIES, type LabelPolicy } from '../../src/store/batch/batch.js';
import { expectedBy, labelledMail, thereAt } from '../support/labelled-mail.js';
import { lastOf, Operator, story } from '../support/nightferry.js';

/** The built program between two embedded servers: what it fetched, and when it is to be killed. */
class GmailMove {
  bodies = 0;
  onAppend: () => void = () => {};

  private constructor(
    readonly operator: Operator,
    readonly servers: Readonly<Record<'source' | 'destination', ImapServer>>,
    private readonly labels: LabelPolicy,
  ) {}

  static async of(messages: number, labels: LabelPolicy, latencyMs: number): Promise<GmailMove> {
    let move: GmailMove | null = null;
    const accounts = { ann: { password: 'pass' } };
    const source = await startImapServer({
      ...GMAIL,
      accounts,
      latencyMs,
      fault: (event: FaultEvent) => {
        if (move && event.at === 'row' && event.items.includes('BODY[]')) move.bodies++;
        return undefined;
      },
    });
    const destination = await startImapServer({
      accounts,
      latencyMs,
      fault: (event: FaultEvent) => {
        if (event.at === 'command' && event.command === 'APPEND') move?.onAppend();
        return undefined;
      },
    });
    const operator = await Operator.arrive();
    onTestFinished(async () => {
      await operator.leave();
      await source.stop();
      await destination.stop();
    });
    const account = source.accounts.get('ann');
    for (const [path, mail] of Object.entries(labelledMail(messages)))
      for (const message of mail) (account.find(path) ?? account.addFolder(path)).add(message);
    move = new GmailMove(operator, { source, destination }, labels);
    return move;
  }

  get argv(): readonly string[] {
    const url = ({ port }: ImapServer) => `imap://ann@127.0.0.1:${port}`;
    const { source, destination } = this.servers;
    return ['move', url(source), url(destination), '--insecure-plaintext', '--json', '--labels', this.labels];
  }

  expectExact(): void {
    const { source, destination } = this.servers;
    const sides = { source: source.accounts, destination: destination.accounts };
    const at = (accounts: ImapServer['accounts']) => ({ account: (user: string) => accounts.get(user) });
    const both = { source: at(sides.source), destination: at(sides.destination) };
    expect(thereAt(both)).toEqual(expectedBy(this.labels, both));
  }
}

it('fetches 3,000 bodies of 3,000 messages that have three labels each in the mean', async () => {
  const move = await GmailMove.of(3_000, 'first-folder', 0);
  const ended = await move.operator.run(move.argv);
  expect(ended.code, story(ended)).toBe(0);
  expect(move.bodies).toBe(3_000);
  const { counts } = lastOf(ended);
  expect(counts).toMatchObject({ total: 3_000, copied: 3_000, left: 0, failed: 0 });
  // Labels and All Mail would have had them fetched more than three times each.
  expect(counts.carried).toBeGreaterThan(6_000);
  move.expectExact();
}, 60_000);

/** Each start after a kill waits until the destination stands still. */
const PATIENCE = 120_000;

it.each(LABEL_POLICIES)(
  'is exact by %s after it was killed twice',
  async (labels) => {
    const move = await GmailMove.of(240, labels, 4);
    for (const appends of [1, 3]) {
      const run = move.operator.start(move.argv);
      let left = appends;
      move.onAppend = () => {
        if (--left === 0) run.kill('SIGKILL');
      };
      await run.ended;
    }
    move.onAppend = () => {};
    const ended = await move.operator.run(move.argv);
    expect(ended.code, story(ended)).toBe(0);
    move.expectExact();
  },
  PATIENCE,
);

import { pick, seeded } from '../../../bench/lab/seeded.js';
import type { FaultEvent } from '../../../demo/server/index.js';
import type { LabelPolicy } from '../../../src/store/batch/batch.js';
import type { Random } from '../../../src/words/clock.js';
import { gmailSource, labelledMail, subjectOf } from '../../support/labelled-mail.js';
import { aNight, type Night } from '../../support/night.js';
import { atByte, cutAtByte } from '../../support/trouble.js';
import { AccountJudge } from './account-judge.js';
import { GmailUser, renumbersDestination } from './gmail-account.js';

/** Messages of an account. */
const MESSAGES = 24;
/** Passes that something happens to, before the last one. */
const PASSES = 3;
/** A kill or a cut costs a body or two that were under way, and reads what may be theirs to compare it. */
const BODIES_A_TROUBLE = 2;

/** Events that may happen to the accounts beside the night itself. `labels`: nothing that makes the program begin anew. */
export type Disturbance = 'labels' | 'everything';

/**
 * A Gmail account is moved while its user is at work in it, in passes that are killed and cut at any point. Everything
 * is decided by the seed.
 *
 * @throws Error  that tells the story, where something is wrong
 */
export async function playAccount(seed: number, policy: LabelPolicy, happens: Disturbance): Promise<void> {
  const night = await aNight({
    source: gmailSource,
    destination: { lateMs: seed % 2 === 0 ? 600 : 0 },
    mail: () => labelledMail(MESSAGES, seed),
    options: { labels: policy },
    seed,
  });
  await new AccountNight(night, seeded(seed * 7919), policy, happens).play();
}

class AccountNight {
  readonly #story: string[] = [];
  readonly #user: GmailUser;
  readonly #judge: AccountJudge;
  /** Bodies that the source gave, by the subject. */
  readonly #bodies = new Map<string, number>();
  /** Subjects of messages that got a label while a pass was under way. */
  readonly #putOnMeanwhile = new Set<string>();
  #isAtWork = false;
  #troubles = 0;
  /** The user acts in the middle of a pass, when so many commands have asked for bodies. */
  #actsAfter: number | null = null;

  constructor(
    private readonly night: Night,
    private readonly random: Random,
    private readonly policy: LabelPolicy,
    private readonly happens: Disturbance,
  ) {
    const [source, destination] = [night.source.account('ann'), night.destination.account('ann')];
    const judge = new AccountJudge(policy, source, destination);
    this.#judge = judge;
    const tell = (act: string) => void this.#story.push(act);
    this.#user = new GmailUser(source, random, tell, (how, subjects) => {
      if (how === 'taken off') judge.takenOff(subjects);
      else if (this.#isAtWork) for (const subject of subjects) this.#putOnMeanwhile.add(subject);
    });
    night.source.watch((event) => this.#watches(event));
  }

  async play(): Promise<void> {
    for (let pass = 0; pass < PASSES; pass++) {
      await this.#pass();
      this.#between();
    }
    this.#story.push('the last pass');
    await this.#calmly();
    this.night.source.forget();
    this.night.destination.forget();
    this.#story.push('once more');
    await this.#calmly();
    for (const never of ['APPEND', 'UID COPY', 'UID FETCH'])
      if (this.night.destination.sent(never).length > 0) this.#fails([`${never} though nothing is left to do`]);
    this.#fails(
      [...this.#bodies].flatMap(([subject, n]) => (n > this.#mostBodies(subject) ? [`${subject}: ${n} bodies`] : [])),
    );
  }

  /**
   * Where each label has its copy, the one of a label that was taken off is not looked for when another is put on, nor is
   * one that is still to come by a label that the pass knew.
   */
  #mostBodies(subject: string): number {
    const meanwhile = this.#putOnMeanwhile.has(subject) ? 1 : 0;
    const labels = this.policy === 'all-folders' ? this.#judge.takenOffFrom(subject) + meanwhile : 0;
    return 1 + labels + BODIES_A_TROUBLE * this.#troubles;
  }

  /** A pass that somebody may work beside, and that may be killed or cut off. */
  async #pass(): Promise<void> {
    const { night, random } = this;
    if (random() < 0.8) this.#actsAfter = 1 + pick(random, 6);
    const trouble = this.happens === 'labels' ? 'none' : (['kill', 'kill', 'cut', 'none'] as const)[pick(random, 4)];
    const at = 100 + pick(random, 7_000);
    this.#story.push(`a pass; ${trouble === 'none' ? 'no trouble' : `${trouble} at byte ${at}`}`);
    if (trouble === 'none') return this.#calmly();
    this.#troubles++;
    this.#judge.beginsInTrouble();
    const running = night.start();
    const direction = random() < 0.7 ? 'received' : 'sent';
    if (trouble === 'cut') night.destination.goesWrong(cutAtByte(direction, at));
    else night.destination.watch(atByte(direction, at, () => running.kill()));
    await night.clock.until(Promise.race([running.done, night.clock.sleep(10 * 60_000)]));
    running.kill();
    night.destination.isWell();
    this.#judge.sees();
    this.#actsAfter = null;
  }

  async #calmly(): Promise<void> {
    this.#judge.begins();
    const code = await this.night.run();
    this.#actsAfter = null;
    this.#judge.sees();
    const ended = code === 0 ? [] : [`it ended in ${code}: ${this.night.failures.map(({ response }) => response)}`];
    this.#fails([...ended, ...this.#judge.missing(), ...this.#judge.wrongAtAnyTime()]);
  }

  #between(): void {
    for (let acts = pick(this.random, 3); acts >= 0; acts--) this.#user.acts();
    // Labels that are put on while something may be under way are the hardest to be right about.
    if (this.#judge.isUnknown) for (let n = 0; n < 3; n++) this.#user.putsLabelsOn();
    if (this.happens !== 'labels' && this.random() < 0.4) {
      const account = this.night.destination.account('ann');
      const tell = (act: string) => void this.#story.push(act);
      this.#judge.numberedAnew(
        this.random() < 0.5 ? this.#user.renumbers() : renumbersDestination(account, this.random, tell),
      );
      this.#troubles++;
    }
    this.#judge.sees();
  }

  #watches(event: FaultEvent): void {
    if (event.at === 'command' && event.args.includes('BODY.PEEK[]')) this.#actsInTheMiddle();
    if (event.at !== 'row' || !event.items.includes('BODY[]')) return;
    const message = this.night.source.account('ann').folder(event.folder).find(event.uid);
    if (message) this.#bodies.set(subjectOf(message.raw), (this.#bodies.get(subjectOf(message.raw)) ?? 0) + 1);
  }

  #actsInTheMiddle(): void {
    if (this.#actsAfter === null || --this.#actsAfter > 0) return;
    this.#actsAfter = null;
    this.#isAtWork = true;
    if (this.random() < 0.5) this.#user.takesLabelsOff();
    else this.#user.acts();
    this.#isAtWork = false;
    this.#judge.sees();
  }

  #fails(wrong: readonly string[]): void {
    if (wrong.length > 0) throw new Error([...wrong, '', ...this.#story].join('\n'));
  }
}

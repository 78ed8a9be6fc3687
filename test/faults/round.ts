import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAccount } from '../../bench/lab/account.js';
import type { FamilyServer } from '../../bench/lab/families/family.js';
import { fill } from '../../bench/lab/fill.js';
import type { RawTarget } from '../../bench/lab/raw-imap.js';
import { FaultyLine, type LineOptions, rest } from './line.js';
import { SmallDisk, WallClock } from './places.js';
import { type Fault, faultText, type Planned, type RoundPlan } from './plan.js';
import { type Ended, Program } from './program.js';
import { complaints, judge, type Verdict } from './verdict.js';
import { post } from './visitors.js';

/** Faults wait for their bytes no longer: where nothing moves, none would come. */
const LONGEST_WAIT_MS = 15_000;
/** A resume that is not through by then is not settled. */
const RUN_LIMIT_MS = 150_000;
/** As often an operator would say `resume` at most. */
const MOST_RESUMES = 5;
const NAME = 'round';

export interface Outcome {
  readonly plan: RoundPlan;
  readonly verdict: Verdict;
  readonly wrong: readonly string[];
  /** Faults as they happened; those that came too late are left out. */
  readonly hit: readonly string[];
  readonly seconds: number;
  /** Where state and output are kept; null where all is right. */
  readonly kept: string | null;
}

/** @param servers  mail goes from the first to the second */
export async function playRound(plan: RoundPlan, servers: readonly [FamilyServer, FamilyServer]): Promise<Outcome> {
  const began = performance.now();
  const dir = await mkdtemp(join(tmpdir(), `nf-round-${plan.round}-`));
  const round = new Round(plan, servers, dir);
  let right = false;
  try {
    const verdict = await round.play();
    const wrong = complaints(verdict);
    right = wrong.length === 0;
    if (!right) await round.keep(wrong);
    const seconds = (performance.now() - began) / 1000;
    return { plan, verdict, wrong, hit: round.hit, seconds, kept: right ? null : dir };
  } finally {
    await round.end();
    if (right) await rm(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

class Round {
  readonly hit: string[] = [];
  readonly #disk: SmallDisk;
  readonly #clock: WallClock;
  readonly #runs: string[] = [];
  readonly #foreign: string[] = [];
  readonly #lines: FaultyLine[] = [];
  /** Stalls and the like that are not over yet. */
  readonly #under: Promise<void>[] = [];
  #from!: RawTarget;
  #to!: RawTarget;
  #ports = { source: 0, destination: 0 };
  #program!: Program;

  constructor(
    private readonly plan: RoundPlan,
    private readonly servers: readonly [FamilyServer, FamilyServer],
    private readonly dir: string,
  ) {
    this.#disk = new SmallDisk(join(dir, 'state'));
    this.#clock = new WallClock(join(dir, 'clock'));
  }

  async play(): Promise<Verdict> {
    const { messages, corpusSeed, faults, latencyMs, bytesPerSecond, uids } = this.plan;
    const [source, destination] = this.servers;
    [this.#from, this.#to] = [await source.newcomer(), await destination.newcomer()];
    const { bytes } = await fill(this.#from, 'small', { limit: messages, seed: corpusSeed, plain: true });
    await this.#disk.make();
    await this.#clock.set(0);
    const pace = { latencyMs, bytesPerSecond };
    this.#ports = {
      source: await this.#line({ port: source.port, latencyMs, bytesPerSecond: 0, uids: 'told' }),
      destination: await this.#line({ port: destination.port, ...pace, uids }),
    };
    this.#start(this.#move);
    for (const planned of faults) await this.#meet(planned, bytes);
    const last = await this.#settle();
    const openFailures = await this.#openFailures();
    return judge(destination.family, {
      source: await readAccount(this.#from),
      destination: await readAccount(this.#to),
      foreign: this.#foreign,
      exit: last.code,
      openFailures,
    });
  }

  async keep(wrong: readonly string[]): Promise<void> {
    const told = [`plan ${JSON.stringify(this.plan)}`, `hit ${this.hit.join(', ')}`, `wrong ${wrong.join(', ')}`];
    await writeFile(join(this.dir, 'round.log'), [...told, ...this.#runs].join('\n'));
  }

  async end(): Promise<void> {
    this.#program?.kill('SIGKILL');
    await Promise.all(this.#under);
    for (const line of this.#lines) await line.stop();
    this.#disk.remove();
  }

  get #move(): string[] {
    const url = (user: string, port: number) => `imap://${user}@127.0.0.1:${port}`;
    const urls = [url(this.#from.user, this.#ports.source), url(this.#to.user, this.#ports.destination)];
    return ['move', ...urls, '--insecure-plaintext', '--json', '--name', NAME];
  }

  async #line(options: LineOptions): Promise<number> {
    const { line, port } = await FaultyLine.to(options);
    this.#lines.push(line);
    return port;
  }

  #start(argv: readonly string[]): void {
    const program = new Program(argv, this.#disk.dir, this.#clock.env);
    this.#program = program;
    void program.ended.then(({ code, signal, out }) =>
      this.#runs.push(`== ${argv[0]} ended with ${code ?? signal}`, out),
    );
  }

  async #meet({ at, fault }: Planned, bytes: number): Promise<void> {
    const [, destination] = this.#lines;
    const until = performance.now() + LONGEST_WAIT_MS;
    while (!this.#program.hasEnded && destination!.up < at * bytes && performance.now() < until) await rest(5);
    // Mail comes also where nothing moves; all else needs a program that is at work.
    if (this.#program.hasEnded && fault.kind !== 'foreign' && fault.kind !== 'new-mail') return;
    if (await this.#happens(fault)) this.hit.push(faultText(fault));
  }

  /** @returns false where it cannot happen here */
  async #happens(fault: Fault): Promise<boolean> {
    const [source, destination] = this.#lines as [FaultyLine, FaultyLine];
    switch (fault.kind) {
      case 'cut':
        (fault.side === 'source' ? source : destination).cut(fault.how);
        return true;
      case 'stall':
        this.#under.push((fault.side === 'source' ? source : destination).stall(fault.ms));
        return true;
      case 'trickle':
        this.#under.push((fault.side === 'source' ? source : destination).trickle(fault.bytesPerSecond, fault.ms));
        return true;
      case 'drop-ok':
        this.#under.push(destination.loseAnswers(fault.ms));
        return true;
      case 'kill':
        return this.#dies('SIGKILL', fault.restMs);
      case 'stop':
        return this.#dies('SIGTERM', 0);
      case 'foreign':
        this.#foreign.push(...(await post(this.#to, `stranger${this.#foreign.length}`, fault.messages)));
        return true;
      case 'new-mail':
        await post(this.#from, `late${this.hit.length}`, fault.messages);
        return true;
      case 'clock':
        if (!WallClock.available) return false;
        await rest(fault.afterMs);
        await this.#clock.set(fault.hours);
        return true;
      case 'full-disk':
        return this.#fillsDisk();
    }
  }

  async #dies(signal: 'SIGKILL' | 'SIGTERM', restMs: number): Promise<boolean> {
    this.#program.kill(signal);
    await this.#program.within(RUN_LIMIT_MS);
    await rest(restMs);
    this.#resume();
    return true;
  }

  async #fillsDisk(): Promise<boolean> {
    if (!this.#disk.fill()) return false;
    await Promise.race([this.#program.ended, rest(LONGEST_WAIT_MS)]);
    this.#program.kill('SIGKILL');
    await this.#program.ended;
    this.#disk.empty();
    this.#resume();
    return true;
  }

  /** A program that was killed before it had written anything down has nothing to resume. */
  #resume(): void {
    const isKnown = existsSync(join(this.#disk.dir, NAME, 'batch.json'));
    this.#start(isKnown ? ['resume', NAME, '--json'] : this.#move);
  }

  async #settle(): Promise<Ended> {
    let last = await this.#program.within(RUN_LIMIT_MS);
    for (let times = 0; times === 0 || (last.code !== 0 && times < MOST_RESUMES); times++) {
      this.#resume();
      last = await this.#program.within(RUN_LIMIT_MS);
    }
    return last;
  }

  async #openFailures(): Promise<number> {
    const { out } = await new Program(['errors', NAME, '--json'], this.#disk.dir, {}).ended;
    try {
      const { groups } = JSON.parse(out) as { groups: readonly { readonly standing: string }[] };
      return groups.filter(({ standing }) => standing === 'open').length;
    } catch {
      return 0;
    }
  }
}

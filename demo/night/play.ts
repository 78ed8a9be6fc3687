import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from '../../src/commands/main.js';
import type { Output } from '../../src/commands/process/io.js';
import { Engine } from '../../src/engine/engine.js';
import type { RunningEngine } from '../../src/engine/running-engine.js';
import type { Clock } from '../../src/words/clock.js';
import { demoWorld } from '../world.js';
import type { Beat } from './beat.js';
import { judge, type Verdict } from './judge.js';
import { readLedgers } from './ledgers.js';
import { mailboxesOf, type NightMailbox } from './mailboxes.js';
import { operatorOf } from './operator.js';
import { FINGERPRINT, HOSTS, type NightServers, startNightServers } from './servers.js';
import { STORY } from './story.js';
import { StoryClock } from './story-clock.js';
import type { Variant } from './variant.js';
import { Witness } from './witness.js';

/** When the story begins. */
const BEGINS = Date.UTC(2026, 10, 20, 20, 0, 0);

const BEFORE = 1;

/** Where a night is played. */
export interface Stage {
  /** A temporary folder; whoever made it removes it. */
  readonly folder: string;
  readonly version: string;
  readonly err: Output;
  readonly variant: Variant;
  /** Whoever watches: is given the engine when it starts. */
  readonly audience: (engine: RunningEngine, clock: Clock) => Audience;
}

export interface Audience {
  /** Events outside of the engine. */
  say(text: string): void;
  /** Resolves when it has seen enough, after the end. */
  readonly left: () => Promise<void>;
}

/** The outcome of a night. */
export interface Review {
  /** With which the program ended. */
  readonly exitCode: number;
  readonly verdicts: readonly Verdict[];
  /** Deviations from the script, a line each. */
  readonly wrong: readonly string[];
}

/** Errors stand open at the end: a wrong password, and messages that the destination will not have. */
const SCRIPTED_EXIT_CODE = 3;

/**
 * Plays the night with the program itself: the same front door, engine, TLS and files as on any other, in this
 * process and between two servers of this process. Then counts at both of them what came of it.
 */
export async function playNight(stage: Stage, story: readonly Beat[] = STORY): Promise<Review> {
  const { factor, scale, wall } = stage.variant;
  const mailboxes = mailboxesOf(scale);
  let servers: NightServers | null = null;
  const speed = () => {
    // Before the first line nothing has begun: making ready is no part of the story.
    if (!servers || servers.source.connectionsEver === 0) return BEFORE;
    return servers.source.connections + servers.destination.connections > 0 ? factor.working : factor.waiting;
  };
  const clock = new StoryClock(BEGINS, speed, wall);
  servers = await startNightServers(mailboxes, story, clock);
  try {
    return await play(stage, { story, mailboxes, servers, clock });
  } finally {
    await servers.stop();
  }
}

interface Cast {
  readonly story: readonly Beat[];
  readonly mailboxes: readonly NightMailbox[];
  readonly servers: NightServers;
  readonly clock: Clock;
}

async function play(stage: Stage, { story, mailboxes, servers, clock }: Cast): Promise<Review> {
  const { folder, version, err, variant } = stage;
  const witness = new Witness();
  const over = new AbortController();
  const playing: { engine: RunningEngine; audience: Audience }[] = [];
  const world = (out: Output) => ({
    ...demoWorld(folder, version, out, err),
    clock,
    loadEngine: async () => (parts: ConstructorParameters<typeof Engine>[0]) => {
      const engine = new Engine(parts, servers.connect);
      const audience = stage.audience(engine, clock);
      engine.onEvent((event) => witness.note(event));
      const say = (text: string) => audience.say(text);
      engine.onEvent(operatorOf({ story, servers, engine, clock, say }, over.signal));
      playing.push({ engine, audience });
      return engine;
    },
  });
  await writeFile(join(folder, 'night.csv'), planText(mailboxes), { mode: 0o600 });
  const exitCode = await main(runArguments(variant), world(nobody));
  over.abort();
  const [played] = playing;
  if (!played) return { exitCode, verdicts: [], wrong: [`the program ended with ${exitCode} before it began`] };
  await played.audience.left();
  const evidence = {
    servers,
    witness,
    states: new Map(played.engine.status().mailboxes.map(({ email, state }) => [email, state.kind])),
    ledgers: await readLedgers((argv, out) => main(argv, world(out))),
  };
  const verdicts = mailboxes.map((mailbox) => judge(mailbox, story, evidence));
  const wrong = [
    ...verdicts.flatMap(({ email, wrong: lines }) => lines.map((line) => `${email}: ${line}`)),
    ...witness.harmful.map((text) => `would have reached the terminal: ${text}`),
    ...(exitCode === SCRIPTED_EXIT_CODE ? [] : [`the program ended with ${exitCode} instead of ${SCRIPTED_EXIT_CODE}`]),
  ];
  return { exitCode, verdicts, wrong };
}

/** Commands as an operator types them. */
function runArguments({ stagger }: Variant): string[] {
  return [
    ...['run', 'night.csv', '--stagger', stagger, '--concurrency', '8'],
    ...['--source', `imaps://${HOSTS.source}`, '--source-fingerprint', FINGERPRINT],
    ...['--destination', `imaps://${HOSTS.destination}`, '--destination-fingerprint', FINGERPRINT],
  ];
}

function planText(mailboxes: readonly NightMailbox[]): string {
  const rows = mailboxes.map(({ email, password }) => [email, email, password, password].join(','));
  return `${['EmailAddress,UserName,Password,DestinationPassword', ...rows].join('\n')}\n`;
}

/** The program's own lines: the audience is told by the engine's events. */
const nobody: Output = { isTerminal: false, width: null, write: async () => undefined };

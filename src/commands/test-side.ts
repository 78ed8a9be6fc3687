import { Secret } from '../engine/credentials.js';
import { connectTcp } from '../engine/imap/transport.js';
import { type Look, lookAtMailbox } from '../engine/look-at-mailbox.js';
import { readFailure } from '../engine/pass-failure.js';
import { sanitise } from '../engine/responses/sanitise.js';
import type { SideTest, TypedSide } from '../ui/screens/start/services.js';
import { BadInput } from '../words/bad-input.js';
import type { Clock } from '../words/clock.js';
import type { Side } from '../words/side.js';
import { readEndpoint } from './endpoint-options.js';
import { showSize } from './sizes.js';

/** Somebody waits at a form. */
const PATIENCE_MS = 20_000;

/** Capabilities that decide how fast a side is, and how it is done. */
const TELLING: Readonly<Record<Side, readonly string[]>> = {
  source: ['LIST-STATUS', 'CONDSTORE'],
  destination: ['MULTIAPPEND', 'LITERAL+', 'LITERAL-', 'UIDPLUS'],
};

/** Logs in on one side as it was typed, looks, and logs out. Never rejects for what was typed or a server does. */
export async function testSide(
  side: Side,
  typed: TypedSide,
  signal: AbortSignal,
  world: { readonly clock: Clock; readonly cwd: string },
): Promise<SideTest> {
  try {
    if (typed.password === '') throw new BadInput(`${side}: the password is missing`);
    const endpoint = await readEndpoint(
      { side, url: typed.url, flags: {}, insecurePlaintext: false, userMeans: 'mailbox' },
      world.cwd,
    );
    const look = await lookAtMailbox(
      {
        side,
        endpoint,
        trust: { ca: null, fingerprint: null },
        login: {
          user: endpoint.user ?? '',
          authzid: null,
          credential: { kind: 'password', password: new Secret(typed.password) },
        },
        connect: connectTcp,
        clock: world.clock,
        onNotice: () => undefined,
        patience: PATIENCE_MS,
      },
      signal,
    );
    return found(side, look);
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, why: sanitise(error.message), advice: '' };
    const failure = readFailure(error);
    if (!failure) throw error;
    return { ok: false, why: sanitise(failure.response), advice: failure.verdict.advice };
  }
}

/** What is told of a look: sanitised, and what an operator should know before it starts. */
export function found(side: Side, look: Look): SideTest {
  const notes: string[] = [];
  const { capabilities, appendLimit, quota, folders, messages, bytes } = look;
  if (side === 'destination') {
    if (appendLimit !== null)
      notes.push(`The destination takes messages of up to ${showSize(appendLimit)}; larger ones will be listed.`);
    if (!capabilities.has('UIDPLUS'))
      notes.push('The destination tells no UIDs (no UIDPLUS): what it stored is read back folder by folder.');
    if (messages > 0)
      notes.push('The destination holds mail already: messages that are there are recognised and not copied again.');
  }
  return {
    ok: true,
    software: sanitise(look.software, 80),
    ways: TELLING[side].filter((name) => capabilities.has(name)),
    ...{ folders, messages, bytes, quota, notes },
  };
}

import { Secret } from '../engine/credentials.js';
import { connectTcp } from '../engine/imap/transport.js';
import { type Look, lookAtMailbox } from '../engine/look-at-mailbox.js';
import { readTrust } from '../engine/open-lines.js';
import { readFailure } from '../engine/pass-failure.js';
import { sanitise } from '../engine/responses/sanitise.js';
import { LARGE } from '../engine/weigh-mailbox.js';
import type { Endpoint } from '../store/batch.js';
import type { RefusedSide, SideTest, TypedSide } from '../ui/screens/start/services.js';
import { BadInput } from '../words/bad-input.js';
import type { Side } from '../words/side.js';
import { readEndpoint } from './endpoint-options.js';
import type { Io } from './io.js';
import { inWordsOfTheForm, typedTrust } from './typed-trust.js';
import { untrustedBy } from './untrusted.js';

/** Somebody waits at a form. */
const PATIENCE_MS = 20_000;

/** Logs in on one side as it was typed, looks, and logs out. Never rejects for what was typed or a server does. */
export async function testSide(
  side: Side,
  typed: TypedSide,
  signal: AbortSignal,
  world: Pick<Io, 'clock' | 'cwd' | 'home'>,
): Promise<SideTest> {
  let endpoint: Endpoint | null = null;
  try {
    if (typed.password === '') throw new BadInput(`${side}: the password is missing`);
    const flags = typedTrust(typed.trust, world);
    endpoint = await inWordsOfTheForm(() =>
      readEndpoint({ side, url: typed.url, flags, insecurePlaintext: false, userMeans: 'mailbox' }, world.cwd),
    );
    const look = await lookAtMailbox(
      {
        side,
        endpoint,
        trust: await readTrust(side, endpoint),
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
      side === 'source' ? 'sizes' : 'counts',
      signal,
    );
    return found(side, look);
  } catch (error) {
    if (error instanceof BadInput) return { ok: false, why: sanitise(error.message), advice: '' };
    return refused(error, endpoint?.host ?? '');
  }
}

function refused(error: unknown, host: string): RefusedSide {
  const failure = readFailure(error);
  if (!failure) throw error;
  const untrusted = untrustedBy(error, host);
  return {
    ok: false,
    why: sanitise(failure.response),
    advice: failure.verdict.advice,
    ...(untrusted && { untrusted }),
  };
}

/** What is told of a look: sanitised, and what an operator should know before it starts. */
export function found(side: Side, look: Look): SideTest {
  const notes: string[] = [];
  const { capabilities, folders, messages, size, quota, appendLimit, way, roundTrip } = look;
  if (side === 'destination') {
    if (!capabilities.has('UIDPLUS'))
      notes.push('The destination tells no UIDs (no UIDPLUS): what it stored is read back folder by folder.');
    if (messages > 0)
      notes.push('The destination holds mail already: messages that are there are recognised and not copied again.');
  }
  return {
    ok: true,
    software: sanitise(look.software, 80),
    large: look.large && { over: LARGE, sizes: look.large },
    ...{ folders, messages, size, quota, appendLimit, way, roundTrip, notes },
  };
}

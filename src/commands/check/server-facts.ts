import type { EndpointProbed } from '../../engine/check/check-watch.js';
import type { ServerSeen } from '../../engine/check/server-seen.js';
import { sanitise } from '../../engine/responses/sanitise.js';
import type { Side } from '../../words/side.js';

/** The facts of an endpoint that one connection shows, in words. */
export function factsOf({ probed, took }: EndpointProbed): readonly string[] {
  switch (probed.kind) {
    case 'out of reach':
      return [probed.why];
    case 'turned away':
      return [`turns everybody away: ${probed.line}`];
    case 'untrusted':
      return [`certificate is not trusted (${probed.code})`];
    case 'answers': {
      const answered = `answers in ${Math.round(took)} ms`;
      if (probed.certificate === undefined) return [answered, 'no TLS'];
      return [answered, `TLS, valid until ${sanitise(probed.certificate.validTo)}`];
    }
  }
}

/** The facts of a server that a login shows, in words: they decide how fast mail moves. */
export function knownFacts(side: Side, { software, roundTrip, way, tellsSizes }: ServerSeen): readonly string[] {
  return [
    ...(software === '' ? [] : [software.slice(0, 40)]),
    `round trip ${Math.round(roundTrip)} ms`,
    ...(side === 'destination' ? [way] : []),
    ...(side === 'source' && !tellsSizes ? ['each message is weighed (no STATUS=SIZE)'] : []),
  ];
}

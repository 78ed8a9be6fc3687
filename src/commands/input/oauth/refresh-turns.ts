import { OneAtATime } from '../../../store/documents/one-at-a-time.js';
import type { SecretSource } from '../credentials/secret-source.js';

/**
 * Lets one request at a time use a refresh token. An endpoint that replaces refresh tokens takes a second use of one for theft, and
 * may revoke all that it gave (RFC 9700 section 4.14.2). Both sides, and several applications, may name one place.
 */
export class RefreshTurns {
  readonly #places = new Map<string, OneAtATime>();

  inTurn<T>(source: SecretSource, use: () => Promise<T>): Promise<T> {
    const place = placeOf(source);
    const turns = this.#places.get(place) ?? new OneAtATime();
    this.#places.set(place, turns);
    return turns.run(use);
  }
}

/** A name of the place, the same for all that name it. */
export function placeOf(source: SecretSource): string {
  switch (source.from) {
    case 'file':
      return `file ${source.path}`;
    case 'environment':
      return `variable ${source.name}`;
    case 'command':
      return `command ${JSON.stringify(source.argv)}`;
  }
}

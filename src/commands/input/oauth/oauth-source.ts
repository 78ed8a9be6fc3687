import type { Secret } from '../../../engine/imap/session/credentials.js';
import type { OAuthPlace } from '../../../store/batch/batch.js';
import type { Flow } from './oauth-settings.js';

/** Access tokens by a file of settings, which is read anew for each token: a mended one counts at once. */
export interface OAuthSource {
  readonly kind: 'oauth';
  readonly place: OAuthPlace;
  readonly flow: Flow;
  /** The values of the variables that the settings name: an engine has no environment of its own. */
  readonly environment: ReadonlyMap<string, Secret>;
}

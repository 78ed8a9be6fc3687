import type { Secret } from '../../../engine/login/credentials.js';
import type { Side } from '../../../words/side.js';
import type { Flow } from './oauth-settings.js';

/** Access tokens by a file of settings, which is read anew for each token: a mended one counts at once. */
export interface OAuthSource {
  readonly kind: 'oauth';
  /** Absolute path. */
  readonly file: string;
  readonly flow: Flow;
  /** The value of the variable that `secret-env` names: an engine has no environment of its own. */
  readonly environment: Secret | null;
}

/** The option by which the file was named. */
export const oauthOption = (side: Side): string => `--${side}-oauth`;

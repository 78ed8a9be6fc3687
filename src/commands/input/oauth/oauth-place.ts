import type { OAuthPlace } from '../../../store/batch/batch.js';
import type { Side } from '../../../words/side.js';

/** The option by which the file was named. */
export const oauthOption = (side: Side): string => `--${side}-oauth`;

/** The place of an application's settings, for messages. */
export const placeName = ({ file, name }: OAuthPlace, called: string): string =>
  name === null ? `${called} ${file}` : `${file}: [oauth.${name}]`;

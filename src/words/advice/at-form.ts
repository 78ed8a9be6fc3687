import type { Advice } from './advice.js';
import { ANY_BATCH, adviceText } from './advice-text.js';

const FOR_TOKENS =
  'This server takes access tokens in place of a password. Describe an application as [oauth.NAME] in nightferry.toml (`nightferry config init` writes one), then test again: it is offered here.';

const OR_TOKENS =
  'Access tokens do in its place: describe an application as [oauth.NAME] in nightferry.toml, and it is offered here.';

const LATER = 'Test again in a while; if it lasts, ask the provider with this text.';

/** Advice that a form words otherwise, because it tries nothing again by itself and has no plan. */
const AT_FORM: Readonly<Partial<Record<Advice['key'], string>>> = {
  passing: `A passing fault of the server. ${LATER}`,
  maintenance: `The mailbox's state forbids this for now (repair, move, indexing, maintenance). ${LATER} The web interface often shows a banner.`,
  'server fault':
    'The server failed inside. Give the provider the time and the exact text so that it can be found in the server log.',
  password:
    'User name or password is refused. Log in to the web interface with the same pair. Some servers say this too when IMAP is switched off or too many connections are open.',
};

/** The part of access tokens at a server that refused a password: they are taken alone, or besides another password. */
export type TakesTokens = 'access tokens' | 'access tokens, too';

/**
 * An advice in the words of a form that tests one login, where no batch is known.
 *
 * @param takes  what the server takes instead of the password that it refused, or besides another one; null: not known
 */
export function adviceAtForm(advice: Advice, takes: TakesTokens | null): string {
  if (takes === 'access tokens') return FOR_TOKENS;
  const said = AT_FORM[advice.key] ?? adviceText(advice, ANY_BATCH);
  return takes === null ? said : `${said} ${OR_TOKENS}`;
}

import type { Secret } from '../../../engine/imap/session/credentials.js';
import type { Endpoint, PlanRow } from '../../../store/batch/batch.js';
import type { EndpointKey } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import type { Side } from '../../../words/side.js';
import type { OAuthSource } from '../oauth/oauth-source.js';
import { nameOfServer, WAYS, type Ways } from './ways.js';

/** The sources of passwords and tokens for one endpoint, besides the plan's rows. */
export interface EndpointSources {
  readonly side: Side;
  readonly key: EndpointKey;
  readonly endpoint: Pick<Endpoint, 'login' | 'authzid'> & Ways;
  /** Null: no settings were named. */
  readonly oauth: OAuthSource | null;
  /** The value of the variable that `password-env` names; null: none is named. */
  readonly fromNamed: Secret | null;
  /** From NIGHTFERRY_SOURCE_PASSWORD or its twin. */
  readonly fromEnvironment: Secret | null;
  readonly canAsk: boolean;
  readonly lacking: Lacking;
  /** Rows whose own password the plan gives. */
  readonly own: ReadonlySet<string>;
  /** The plan has one mailbox, and no other could be meant. */
  readonly isOnly: boolean;
}

/**
 * The treatment of a mailbox without a credential: `refuse` ends the program before anything starts (cron, a
 * pipe). Where there is a console to answer, the mailbox is held with a question: `hold some` refuses only
 * when not one mailbox of a side has a password, which is a mistake and no gap; `hold` never refuses.
 */
export type Lacking = 'refuse' | 'hold some' | 'hold';

/** Where the rows without a password of their own get one. */
export type Fallback =
  | { readonly kind: 'none-needed' }
  | { readonly kind: 'token-command'; readonly argv: readonly string[] }
  | { readonly kind: 'password-command'; readonly argv: readonly string[] }
  /** Read at each login: a file that was mended counts at once. */
  | { readonly kind: 'password-file'; readonly path: string }
  | OAuthSource
  | { readonly kind: 'environment'; readonly password: Secret }
  | { readonly kind: 'ask' }
  /** The engine asks for it; `one login`: an answer serves all rows that have none. */
  | { readonly kind: 'answered-later'; readonly by: 'one login' | 'each mailbox' };

/**
 * Decides, before anything is written, where each mailbox of an endpoint gets its credential; first found wins:
 * its row, the endpoint's own settings, the environment, one prompt. The last two stand for many mailboxes only where
 * one login acts for all of them. The environment's password is of the server of the options, and goes to none that has
 * a table of its own.
 *
 * @param rows      the mailboxes of the endpoint
 * @param planFile  for the message, null where there is no plan
 * @throws BadInput naming the first row that has none
 */
export function chooseFallback(sources: EndpointSources, rows: readonly PlanRow[], planFile: string | null): Fallback {
  const { endpoint } = sources;
  const lacking = rows.find((row) => !sources.own.has(row.id));
  if (!lacking) return { kind: 'none-needed' };
  if (sources.oauth) return sources.oauth;
  if (endpoint.tokenCommand) return { kind: 'token-command', argv: endpoint.tokenCommand };
  if (endpoint.passwordCommand) return { kind: 'password-command', argv: endpoint.passwordCommand };
  if (endpoint.passwordFile) return { kind: 'password-file', path: endpoint.passwordFile };
  if (sources.fromNamed) return { kind: 'environment', password: sources.fromNamed };
  const oneForAll = sources.isOnly || endpoint.login !== null || endpoint.authzid;
  const fromEnvironment = nameOfServer(sources.key) === null ? sources.fromEnvironment : null;
  if (oneForAll && fromEnvironment) return { kind: 'environment', password: fromEnvironment };
  if (oneForAll && sources.canAsk) return { kind: 'ask' };
  const gap = sources.lacking === 'hold' || (sources.lacking === 'hold some' && sources.own.size > 0);
  if (gap) return { kind: 'answered-later', by: oneForAll && rows.length > 1 ? 'one login' : 'each mailbox' };
  throw new BadInput(missing(sources, lacking, planFile, oneForAll));
}

function missing(sources: EndpointSources, row: PlanRow, planFile: string | null, oneForAll: boolean): string {
  const { side, key } = sources;
  const column = side === 'source' ? 'Password' : 'DestinationPassword';
  const where = planFile === null || row.row === 0 ? row.email : `${planFile}, row ${row.row} (${row.email})`;
  const inPlan = planFile === null ? '' : `column "${column}", `;
  const server = nameOfServer(key);
  if (server !== null)
    return `${where}: no ${side} password at ${server}; give ${inPlan}or one of ${Object.values(WAYS).join(', ')} in [server.${server}]`;
  const commands = `--${side}-password-command, --${side}-token-command or --${side}-oauth`;
  const variable = `NIGHTFERRY_${side.toUpperCase()}_PASSWORD`;
  if (!oneForAll && sources.fromEnvironment) {
    return `${where}: no ${side} password; ${variable} stands for many mailboxes only with --${side}-login or --${side}-authzid`;
  }
  const alone = oneForAll ? `, ${variable}` : '';
  return `${where}: no ${side} password; give ${inPlan}${commands}${alone}`;
}

/**
 * One credential serves two or more mailboxes: refused once, it must not be tried for each of them.
 *
 * @param lacking  how many rows have no credential of their own
 */
export function isShared(fallback: Fallback, lacking: number): boolean {
  if (lacking < 2) return false;
  switch (fallback.kind) {
    case 'none-needed':
      return false;
    case 'answered-later':
      return fallback.by === 'one login';
    case 'token-command':
    case 'password-command':
      return !fallback.argv.some((word) => word.includes('{email}') || word.includes('{user}'));
    case 'oauth':
      // A service account gets a token for each user.
      return fallback.flow !== 'google';
    case 'environment':
    case 'password-file':
    case 'ask':
      return true;
  }
}

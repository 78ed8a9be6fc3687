import { Secret } from '../../../engine/login/credentials.js';
import { showEndpoint } from '../../../protocol/show-endpoint.js';
import type { Endpoint, PlanRow } from '../../../store/batch/batch.js';
import { userOn } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import type { Environment, Prompts } from '../../process/io.js';
import type { OAuthSource } from '../oauth/oauth-source.js';
import { openOAuth } from '../oauth/open-oauth.js';
import type { Plan } from '../plan/plan.js';
import { chooseFallback, type Lacking } from './credential-sources.js';
import type { SideCredentials } from './credentials-from.js';

/** The mailboxes to move, as far as credentials need to know them. */
export interface ToLogIn {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  readonly rows: readonly PlanRow[];
  readonly plan: Plan | null;
}

/** Both sides' credentials, decided. */
export type BothSides = Readonly<Record<Side, SideCredentials>>;

/**
 * Finds a credential for every mailbox on both sides, asks for the one that may be asked for, and only
 * then returns. NIGHTFERRY_*_PASSWORD leaves the environment, so that no child process sees it.
 *
 * @param sidesNeeded  nothing is asked for the other, and whoever logs in there has no credential
 * @throws BadInput naming the first row without a password, where `lacking` wants none to be without
 */
export async function gatherCredentials(
  what: ToLogIn,
  lacking: Lacking,
  io: Prompts & Environment,
  sidesNeeded: readonly Side[] = SIDES,
): Promise<BothSides> {
  const environment = {
    source: takeFromEnvironment('source', io),
    destination: takeFromEnvironment('destination', io),
  };
  const oauth = await openedOAuth(what, sidesNeeded, io);
  const chosen = SIDES.map((side) => {
    const own = ownPasswords(what, side);
    if (!sidesNeeded.includes(side)) return { side, own, fallback: { kind: 'none-needed' } as const };
    const sources = {
      side,
      endpoint: what[side],
      oauth: oauth[side],
      fromEnvironment: environment[side],
      canAsk: io.askHidden !== null,
      own: new Set(own.keys()),
      lacking,
    };
    return { side, own, fallback: chooseFallback(sources, what.rows, what.plan?.file ?? null) };
  });
  const sides: Partial<Record<Side, SideCredentials>> = {};
  // Asked for one after the other, and only when both sides are known to be complete.
  for (const { side, own, fallback } of chosen) {
    const answered = fallback.kind === 'ask' ? await askFor(side, what, io) : fallback;
    sides[side] = { own, fallback: answered, rows: what.rows.length };
  }
  return sides as Record<Side, SideCredentials>;
}

/** Both sides may name the same variable, so none leaves the environment before both are read. */
async function openedOAuth(
  what: ToLogIn,
  sides: readonly Side[],
  io: Environment,
): Promise<Readonly<Record<Side, OAuthSource | null>>> {
  const opened: Record<Side, OAuthSource | null> = { source: null, destination: null };
  const variables: string[] = [];
  for (const side of sides) {
    const place = what[side].oauth;
    if (place === null) continue;
    const { source, variable } = await openOAuth(place, side, io.env);
    opened[side] = source;
    if (variable !== null) variables.push(variable);
  }
  for (const name of variables) delete io.env[name];
  return opened;
}

/** The variable leaves the environment, so that no child process sees it. */
export function takeFromEnvironment(side: Side, io: Environment): Secret | null {
  const name = `NIGHTFERRY_${side.toUpperCase()}_PASSWORD`;
  const value = io.env[name];
  delete io.env[name];
  return value ? new Secret(value) : null;
}

function ownPasswords(what: ToLogIn, side: Side): Map<string, Secret> {
  const own = new Map<string, Secret>();
  for (const row of what.rows) {
    const password = what.plan?.passwords.get(row.id)?.[side];
    if (password) own.set(row.id, password);
  }
  return own;
}

async function askFor(side: Side, what: ToLogIn, io: Prompts): Promise<{ kind: 'environment'; password: Secret }> {
  const endpoint = what[side];
  const [only] = what.rows;
  const user = what.rows.length === 1 && only ? userOn(side, only) : endpoint.login;
  const answer = await io.askHidden?.(
    `Password of ${endpoint.authzid ? endpoint.user : user} at ${showEndpoint(endpoint)} (${side}): `,
  );
  if (!answer) throw new BadInput(`${side}: no password was given`);
  return { kind: 'environment', password: new Secret(answer) };
}

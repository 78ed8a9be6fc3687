import { Secret } from '../../../engine/imap/session/credentials.js';
import { showEndpoint } from '../../../protocol/show-endpoint.js';
import type { Endpoint, PlanRow } from '../../../store/batch/batch.js';
import { type EndpointKey, type Endpoints, endpointAt, endpointKey, userOn } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import type { Environment, Prompts } from '../../process/io.js';
import { openOAuth } from '../oauth/open-oauth.js';
import type { Plan } from '../plan/plan.js';
import { chooseFallback, type EndpointSources, type Fallback, type Lacking } from './credential-sources.js';
import type { EndpointCredentials, Gathered } from './credentials-from.js';
import { readSecretFile } from './secret-source.js';
import { wayName } from './ways.js';

/** The mailboxes to move, as far as credentials need to know them. */
export interface ToLogIn extends Endpoints {
  readonly rows: readonly PlanRow[];
  readonly plan: Plan | null;
}

/** An endpoint with the mailboxes that are logged in to there. */
interface Place {
  readonly side: Side;
  readonly key: EndpointKey;
  readonly endpoint: Endpoint;
  readonly rows: readonly PlanRow[];
  readonly own: ReadonlyMap<string, Secret>;
}

/** A place with what its endpoint's own settings gave. */
type OpenPlace = Place & Pick<EndpointSources, 'oauth' | 'fromNamed'>;

/**
 * Finds a credential for every mailbox at each endpoint, asks for those that may be asked for, and only
 * then returns. Variables that hold a secret leave the environment, so that no child process sees them.
 *
 * @param sidesNeeded  nothing is asked for the other, and whoever logs in there has no credential
 * @throws BadInput naming the first row without a password, where `lacking` wants none to be without
 */
export async function gatherCredentials(
  what: ToLogIn,
  lacking: Lacking,
  io: Prompts & Environment,
  sidesNeeded: readonly Side[] = SIDES,
): Promise<Gathered> {
  const environment = {
    source: takeFromEnvironment('source', io),
    destination: takeFromEnvironment('destination', io),
  };
  const places = await openAll(
    sidesNeeded.flatMap((side) => placesOf(what, side)),
    io,
  );
  const ownOn = (of: Side) => new Set(places.flatMap(({ side, own }) => (side === of ? [...own.keys()] : [])));
  const own = { source: ownOn('source'), destination: ownOn('destination') };
  const chosen = places.map((place): readonly [Place, Fallback] => {
    const sources = {
      ...place,
      own: own[place.side],
      fromEnvironment: environment[place.side],
      canAsk: io.askHidden !== null,
      isOnly: what.rows.length === 1,
      lacking,
    };
    return [place, chooseFallback(sources, place.rows, what.plan?.file ?? null)];
  });
  const gathered = { source: new Map<EndpointKey, EndpointCredentials>(), destination: new Map() };
  // Asked for one after the other, and only when all endpoints are known to be complete.
  for (const [place, fallback] of chosen) {
    const answered = fallback.kind === 'ask' ? await askFor(place, io) : fallback;
    gathered[place.side].set(place.key, { own: place.own, fallback: answered, rows: place.rows.length });
  }
  return gathered;
}

/** Endpoints at which nobody is to be logged in are left out: their secrets may not be there. */
function placesOf(what: ToLogIn, side: Side): readonly Place[] {
  const byKey = new Map<EndpointKey, PlanRow[]>();
  for (const row of what.rows) {
    const key = endpointKey(side, row);
    const there = byKey.get(key);
    if (there) there.push(row);
    else byKey.set(key, [row]);
  }
  return [...byKey].map(([key, rows]) => ({
    side,
    key,
    rows,
    endpoint: endpointAt(what, side, key),
    own: ownPasswords(what.plan, side, rows),
  }));
}

/** Several may name the same variable, so none leaves the environment before all are read. */
async function openAll(places: readonly Place[], io: Environment): Promise<readonly OpenPlace[]> {
  const opened: OpenPlace[] = [];
  const variables: string[] = [];
  for (const place of places) {
    const { side, key } = place;
    const { oauth, passwordFile, passwordEnv: name } = place.endpoint;
    const application = oauth && (await openOAuth(oauth, side, io.env));
    if (passwordFile !== null) await readSecretFile(passwordFile, wayName(side, key, 'passwordFile'));
    const value = name === null ? null : io.env[name];
    if (name !== null && !value)
      throw new BadInput(`${wayName(side, key, 'passwordEnv')}: the variable ${name} is not set`);
    variables.push(...(application?.variables ?? []), ...(name === null ? [] : [name]));
    opened.push({ ...place, oauth: application?.source ?? null, fromNamed: value ? new Secret(value) : null });
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

function ownPasswords(plan: Plan | null, side: Side, rows: readonly PlanRow[]): Map<string, Secret> {
  const own = new Map<string, Secret>();
  for (const row of rows) {
    const password = plan?.passwords.get(row.id)?.[side];
    if (password) own.set(row.id, password);
  }
  return own;
}

async function askFor(
  { side, endpoint, rows }: Place,
  io: Prompts,
): Promise<{ kind: 'environment'; password: Secret }> {
  const [only] = rows;
  const user = rows.length === 1 && only ? userOn(side, only) : endpoint.login;
  const answer = await io.askHidden?.(
    `Password of ${endpoint.authzid ? endpoint.user : user} at ${showEndpoint(endpoint)} (${side}): `,
  );
  if (!answer) throw new BadInput(`${side}: no password was given`);
  return { kind: 'environment', password: new Secret(answer) };
}

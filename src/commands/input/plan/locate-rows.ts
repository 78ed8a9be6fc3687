import { showEndpoint } from '../../../protocol/show-endpoint.js';
import type { Batch, Endpoint, PlanRow } from '../../../store/batch/batch.js';
import type { EndpointKey } from '../../../store/batch/endpoints.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import { type EndpointUrl, type ImapScheme, parseEndpointUrl } from '../endpoint/endpoint-url.js';

/** A server as a row of a plan names it: by URL, by its name in the configuration, or, in a list for imapsync, by its host. */
export type NamedServer =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'host'; readonly host: string };

/** The servers that rows name, by row id; null: the row names none of that side. */
export type NamedServers = ReadonlyMap<string, Readonly<Record<Side, NamedServer | null>>>;

/** The endpoint of a server of the configuration, by its name. */
export type ByName = (side: Side, name: string) => Endpoint;

/** Reads the cell of a column Source or Destination. @throws BadInput */
export function readServerUrl(text: string, side: Side, imapMeans: ImapScheme = 'starttls'): EndpointUrl {
  const url = parseEndpointUrl(text, side, imapMeans);
  if (url.user !== null)
    throw new BadInput(
      `${side}: the server alone is expected, like imaps://mail.example; users have columns of their own`,
    );
  return url;
}

/**
 * The rows with the endpoints that they name, and those endpoints. They are logged in to as the batch's own is: by its
 * commands and templates, and by the passwords of the plan. A fingerprint is of one server, and goes to no other.
 *
 * @param own     the batch's endpoints
 * @param byName  servers of the configuration, which have settings of their own
 */
export function locateRows(
  rows: readonly PlanRow[],
  named: NamedServers,
  own: Readonly<Record<Side, Endpoint>>,
  imapMeans: ImapScheme,
  byName: ByName,
): Pick<Batch, 'mailboxes' | 'others'> {
  const others: Record<Side, Record<EndpointKey, Endpoint>> = { source: {}, destination: {} };
  const keyOf = (side: Side, id: string): EndpointKey | null => {
    const server = named.get(id)?.[side] ?? null;
    const key = keyOfServer(server, side, own[side], imapMeans);
    if (server === null || key === null) return null;
    if (server.kind === 'name') others[side][key] ??= byName(side, server.name);
    else others[side][key] ??= { ...own[side], ...placeOf(server, side, own[side], imapMeans), fingerprint: null };
    return key;
  };
  const mailboxes = rows.map((row) => {
    const [source, destination] = SIDES.map((side) => keyOf(side, row.id));
    const at = source || destination ? { source: source ?? null, destination: destination ?? null } : null;
    return { ...row, at };
  });
  return { mailboxes, others };
}

/**
 * The key of the endpoint that a row names.
 *
 * @returns null: it is the batch's own
 * @throws BadInput
 */
export function keyOfServer(
  server: NamedServer | null,
  side: Side,
  own: Endpoint,
  imapMeans: ImapScheme,
): EndpointKey | null {
  if (server === null) return null;
  if (server.kind === 'name') return server.name;
  const key = showEndpoint(placeOf(server, side, own, imapMeans));
  return key === showEndpoint(own) ? null : key;
}

function placeOf(
  server: Exclude<NamedServer, { kind: 'name' }>,
  side: Side,
  own: Endpoint,
  imapMeans: ImapScheme,
): Pick<Endpoint, 'host' | 'port' | 'security'> {
  const { host, port, security } =
    server.kind === 'url' ? readServerUrl(server.url, side, imapMeans) : { ...own, host: server.host.toLowerCase() };
  return { host, port, security };
}

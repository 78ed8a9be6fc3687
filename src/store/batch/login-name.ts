import type { Endpoint, PlanRow } from './batch.js';

/**
 * The user who logs in for a mailbox, and the user to act as.
 *
 * With a template (`{user}*admin`) the name says both; with `authzid` the endpoint's own user logs
 * in and acts as the mailbox (RFC 4616).
 *
 * @param row         its `{email}`, and `{domain}` behind the last `@` of that
 * @param mailboxUser the mailbox's user on this side: `{user}`
 */
export function loginName(
  endpoint: Endpoint,
  row: Pick<PlanRow, 'email'>,
  mailboxUser: string,
): { readonly user: string; readonly authzid: string | null } {
  if (endpoint.authzid && endpoint.user !== null) return { user: endpoint.user, authzid: mailboxUser };
  if (endpoint.login === null) return { user: mailboxUser, authzid: null };
  const at = row.email.lastIndexOf('@');
  const parts: Readonly<Record<string, string>> = {
    '{email}': row.email,
    '{user}': mailboxUser,
    '{domain}': at < 0 ? '' : row.email.slice(at + 1),
  };
  return { user: endpoint.login.replace(/\{(?:email|user|domain)\}/g, (name) => parts[name]!), authzid: null };
}

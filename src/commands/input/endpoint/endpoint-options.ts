import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Endpoint, OAuthPlace } from '../../../store/batch/batch.js';
import { BadInput } from '../../../words/bad-input.js';
import { SIDES, type Side } from '../../../words/side.js';
import { splitWords } from '../credentials/shell-words.js';
import { WAYS, type Ways } from '../credentials/ways.js';
import { LIMIT_WORDS, type LimitFlags, readLimits } from '../limits/limit-options.js';
import { checkLoginTemplate } from '../login-template.js';
import { parseEndpointUrl } from './endpoint-url.js';
import { checkAuthorityFile, parseFingerprint } from './trust.js';

/** The options of one side, as text. */
export interface EndpointFlags extends LimitFlags {
  readonly ca?: string;
  readonly fingerprint?: string;
  readonly login?: string;
  readonly authzid?: boolean;
  readonly preauth?: boolean;
  readonly passwordCommand?: string;
  readonly passwordFile?: string;
  readonly passwordEnv?: string;
  readonly tokenCommand?: string;
  /** A file; or a table of the configuration, already found. */
  readonly oauth?: string | OAuthPlace;
}

const WORDS = [
  'ca',
  'fingerprint',
  'login',
  'authzid',
  'preauth',
  'passwordCommand',
  'passwordFile',
  'passwordEnv',
  'tokenCommand',
  'oauth',
  ...LIMIT_WORDS,
] as const;

/** Adds the options of both sides; the two are twins, so they are made in one place. */
export function addEndpointOptions(command: Command, userMeans: UserMeans): Command {
  for (const side of SIDES) {
    const add = adderFor(command, side);
    add('ca <file>', 'PEM file of the authority that signed its certificate');
    add('fingerprint <sha256>', 'SHA-256 fingerprint of its certificate, for a self-signed one');
    add('login <template>', "user to log in as, over {email} {user} {domain}, e.g. '{user}*admin'");
    const authzid = add('authzid', 'log in as the user in the URL, act as the mailbox (SASL PLAIN)');
    // `move` knows only to say why it cannot be: its URL names the mailbox.
    if (userMeans === 'mailbox') authzid.hideHelp();
    const preauth = add('preauth', 'let it open its one account without a login (PREAUTH); else that is refused');
    // `run` knows it only to say why it cannot be: all mailboxes would get the mail of that one account.
    if (userMeans === 'admin') preauth.hideHelp();
    addCommandOptions(add);
  }
  return addBearingOptions(command).option(
    '--insecure-plaintext',
    'imap:// without STARTTLS, on both sides: passwords and mail cross the network readable',
  );
}

/** Only where passwords come from: what `resume` may be told anew. @param sides  those that are logged in to */
export function addCredentialOptions(command: Command, sides: readonly Side[] = SIDES): Command {
  for (const side of sides) addCommandOptions(adderFor(command, side));
  return command;
}

type Add = (flags: string, text: string) => Option;

function adderFor(command: Command, side: Side): Add {
  return (flags, text) => {
    const option = new Option(`--${side}-${flags}`, text).helpGroup(
      side === 'source' ? 'The source:' : 'The destination:',
    );
    command.addOption(option);
    return option;
  };
}

function addCommandOptions(add: Add): void {
  add('password-command <command>', 'prints the password; {email} and {user} are filled in, no shell is run');
  add('password-file <file>', 'has the password in its first line; mode 600');
  add('password-env <name>', 'environment variable with the password');
  add('token-command <command>', 'prints an OAuth2 access token; run again when it has expired');
  add('oauth <file>', 'JSON file of an application that gets access tokens by itself');
}

/** How much the endpoints bear: for whatever moves mail. */
export function addBearingOptions(command: Command): Command {
  for (const side of SIDES) addLimitOptions(adderFor(command, side));
  return command.option('--rate <bytes>', 'bytes a second of each endpoint, e.g. 4M (default: as fast as they come)');
}

function addLimitOptions(add: Add): void {
  add('budget <text>', "what an account may move in a day, e.g. '2000MB/day', or none (default: by the profile)");
  add('rate <bytes>', 'bytes a second of this endpoint');
  add(
    'profile <name|file>',
    'what is known of this server: a profile of `nightferry profile`, or a file (default: found)',
  );
}

/** Picks one side's options out of commander's flat names (`sourceCa`, `destinationCa`, ...). */
export function endpointFlags(options: Readonly<Record<string, unknown>>, side: Side): EndpointFlags {
  const entries = WORDS.map((word) => [word, options[`${side}${word[0]?.toUpperCase()}${word.slice(1)}`]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Where passwords come from, as the batch remembers it. */
export function credentialWays(flags: EndpointFlags, side: Side, cwd: string): Ways {
  const { passwordCommand, passwordFile, passwordEnv, tokenCommand, oauth } = flags;
  const all = [passwordCommand, passwordFile, passwordEnv, tokenCommand, oauth];
  if (all.filter((one) => one !== undefined).length > 1) {
    const names = Object.values(WAYS).map((name) => `--${side}-${name}`);
    throw new BadInput(`${side}: give one of ${names.join(', ')}, not more than one`);
  }
  const words = (text: string | undefined, option: string) =>
    text === undefined ? null : splitWords(text, `--${side}-${option}`);
  return {
    passwordCommand: words(passwordCommand, 'password-command'),
    passwordFile: passwordFile === undefined ? null : resolve(cwd, passwordFile),
    passwordEnv: passwordEnv ?? null,
    tokenCommand: words(tokenCommand, 'token-command'),
    oauth: oauthPlace(oauth, cwd),
  };
}

function oauthPlace(given: EndpointFlags['oauth'], cwd: string): OAuthPlace | null {
  if (given === undefined) return null;
  return typeof given === 'string' ? { file: resolve(cwd, given), name: null } : given;
}

/** The meaning of the URL's user: the mailbox of `move`, or the admin that acts for a batch's mailboxes. */
export type UserMeans = 'mailbox' | 'admin';

/** Where the operator typed it: what a message calls the input by. */
export type Asks = 'options' | 'form';

export interface EndpointGiven {
  readonly side: Side;
  readonly url: string;
  readonly flags: EndpointFlags;
  readonly insecurePlaintext: boolean;
  /** Bytes a second of both sides, as text. */
  readonly rate?: string | undefined;
  readonly userMeans: UserMeans;
  readonly asks: Asks;
}

/** The form has one field for both, and no options. */
function trustName(option: 'ca' | 'fingerprint', asks: Asks, side: Side): string {
  return asks === 'form' ? `${side} certificate` : `--${side}-${option}`;
}

/**
 * Reads both sides of a batch, the source first.
 *
 * @param flags  as commander hands them over, of both sides
 * @throws BadInput  as {@link readEndpoint}
 */
export async function readEndpoints(
  urls: Readonly<Record<Side, string>>,
  flags: { readonly insecurePlaintext?: boolean; readonly rate?: string },
  how: Pick<EndpointGiven, 'userMeans' | 'asks'>,
  cwd: string,
): Promise<Readonly<Record<Side, Endpoint>>> {
  const { insecurePlaintext = false, rate } = flags;
  const end = (side: Side) =>
    readEndpoint(
      { side, url: urls[side], flags: endpointFlags({ ...flags }, side), insecurePlaintext, rate, ...how },
      cwd,
    );
  return { source: await end('source'), destination: await end('destination') };
}

/**
 * One side, checked whole.
 *
 * @throws BadInput naming the side
 */
export async function readEndpoint(given: EndpointGiven, cwd: string): Promise<Endpoint> {
  const { side, url, flags, userMeans, asks } = given;
  const where = parseEndpointUrl(url, side, given.insecurePlaintext ? 'plaintext' : 'starttls');
  const login = flags.login === undefined ? null : checkLoginTemplate(flags.login, `--${side}-login`);
  const authzid = flags.authzid ?? false;
  const preauth = flags.preauth ?? false;
  if (preauth && userMeans === 'admin') {
    throw new BadInput(
      `${side}: --${side}-preauth is for a single mailbox: all mailboxes of a batch would get the mail of one account; use \`nightferry move\``,
    );
  }
  if (userMeans === 'mailbox') checkMailboxUser(side, where.user, authzid);
  else checkAdminUser(side, where.user, login, authzid);
  return {
    ...where,
    login,
    authzid,
    preauth,
    ...credentialWays(flags, side, cwd),
    limits: await readLimits(flags, side, given.rate, cwd),
    ca: flags.ca === undefined ? null : await checkAuthorityFile(flags.ca, trustName('ca', asks, side), cwd),
    fingerprint:
      flags.fingerprint === undefined
        ? null
        : parseFingerprint(flags.fingerprint, trustName('fingerprint', asks, side)),
  };
}

function checkMailboxUser(side: Side, user: string | null, authzid: boolean): void {
  if (user === null) throw new BadInput(`${side}: the user is missing, like imaps://user@host`);
  if (authzid) {
    throw new BadInput(
      `${side}: --${side}-authzid needs an admin besides the mailbox; use \`nightferry run\` with a plan of one row`,
    );
  }
}

function checkAdminUser(side: Side, user: string | null, login: string | null, authzid: boolean): void {
  if (login !== null && authzid) throw new BadInput(`${side}: give --${side}-login or --${side}-authzid, not both`);
  if (authzid && user === null) {
    throw new BadInput(`${side}: --${side}-authzid needs the admin in the URL, like imaps://admin@host`);
  }
  if (user !== null && login === null && !authzid) {
    throw new BadInput(
      `${side}: a user in the URL needs --${side}-login or --${side}-authzid; mailboxes come from the plan`,
    );
  }
}

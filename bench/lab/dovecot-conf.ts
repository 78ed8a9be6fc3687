/** One Dovecot. Everything has a default that an operator would find usual. */
export interface InstanceOptions {
  readonly store: 'maildir' | 'sdbox' | 'mdbox';
  readonly separator: '/' | '.';
  /** Prefix of the personal namespace, e.g. `INBOX.`. */
  readonly prefix: string;
  /** The names of its special-use folders. */
  readonly names: 'english' | 'german';
  /**
   * Capabilities it does not advertise. Dovecot does what they stand for all the same: APPENDUID comes
   * without UIDPLUS too, so test without it through a proxy that takes it out.
   */
  readonly hiddenCapabilities: readonly string[];
  /** Most connections of one user and address. */
  readonly maxConnections: number;
  readonly fsync: 'never' | 'optimized' | 'always';
  /** Where it listens. Who comes from another address than that is a stranger, and may not log in in plaintext. */
  readonly addresses: readonly string[];
  /** How users prove who they are; without `plain` there is no LOGIN either. */
  readonly mechanisms: readonly ('plain' | 'login' | 'cram-md5')[];
}

/** Where it lives and listens. */
export interface InstancePlace {
  readonly root: string;
  readonly name: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly certificateFile: string;
  readonly keyFile: string;
}

/** User and group that own the mail; need not exist. */
export const MAIL_ID = 5000;
/** Everyone's password. */
export const PASSWORD = 'pass';
/** Logs in as anyone: `ann*admin`, or SASL PLAIN with an authzid. */
export const MASTER = { user: 'admin', password: 'master-pass' } as const;

const SPECIAL = {
  english: { '\\Drafts': 'Drafts', '\\Sent': 'Sent', '\\Trash': 'Trash', '\\Junk': 'Junk' },
  german: { '\\Drafts': 'Entwürfe', '\\Sent': 'Gesendet', '\\Trash': 'Papierkorb', '\\Junk': 'Spamverdacht' },
} as const;

/** The capabilities of Dovecot 2.3 after login; its setting takes the whole list only. */
const CAPABILITIES =
  'IMAP4rev1 SASL-IR LOGIN-REFERRALS ID ENABLE IDLE SORT SORT=DISPLAY THREAD=REFERENCES THREAD=REFS THREAD=ORDEREDSUBJECT MULTIAPPEND URL-PARTIAL CATENATE UNSELECT CHILDREN NAMESPACE UIDPLUS LIST-EXTENDED I18NLEVEL=1 CONDSTORE QRESYNC ESEARCH ESORT SEARCHRES WITHIN CONTEXT=SEARCH LIST-STATUS BINARY MOVE SNIPPET=FUZZY PREVIEW=FUZZY PREVIEW STATUS=SIZE SAVEDATE LITERAL+ NOTIFY SPECIAL-USE COMPRESS=DEFLATE QUOTA';

const LOCATION = { maildir: 'maildir:~/Maildir:LAYOUT=fs', sdbox: 'sdbox:~/sdbox', mdbox: 'mdbox:~/mdbox' } as const;

/** dovecot.conf of Dovecot 2.3, for a private instance under `root`. */
export function dovecotConf(place: InstancePlace, options: InstanceOptions): string {
  const { root } = place;
  const shown = CAPABILITIES.split(' ').filter((name) => !options.hiddenCapabilities.includes(name));
  const listed = options.hiddenCapabilities.length > 0 ? `imap_capability = ${shown.join(' ')}` : '';
  return `
base_dir = ${root}/run
state_dir = ${root}/run
instance_name = nightferry-${place.name}
log_path = ${root}/dovecot.log
protocols = imap
listen = ${options.addresses.join(', ')}
ssl = yes
ssl_cert = <${place.certificateFile}
ssl_key = <${place.keyFile}
ssl_dh =
disable_plaintext_auth = yes
auth_mechanisms = ${options.mechanisms.join(' ')}
auth_username_chars =
auth_master_user_separator = *
auth_failure_delay = 0
auth_cache_size = 0
first_valid_uid = 1
first_valid_gid = 1
mail_uid = ${MAIL_ID}
mail_gid = ${MAIL_ID}
mail_location = ${LOCATION[options.store]}
mail_fsync = ${options.fsync}
mail_plugins = quota
default_client_limit = 4000
default_process_limit = 1000
default_vsz_limit = 0
${listed}
protocol imap {
  mail_plugins = $mail_plugins imap_quota
  mail_max_userip_connections = ${options.maxConnections}
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
}
service imap-login {
  service_count = 0
  process_min_avail = 1
  client_limit = 4000
  inet_listener imap {
    port = ${place.port}
  }
  inet_listener imaps {
    port = ${place.tlsPort}
    ssl = yes
  }
}
service imap {
  process_limit = 500
}
service anvil {
  client_limit = 4000
  # Penalties make an address wait after each wrong password; tests give many.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service auth {
  client_limit = 4000
}
passdb {
  driver = passwd-file
  deny = yes
  args = username_format=%d ${root}/denied
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN ${root}/masters
  master = yes
}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%d ${root}/domains
}
passdb {
  driver = static
  args = password=${PASSWORD}
}
userdb {
  driver = passwd-file
  args = username_format=%d ${root}/domains
}
userdb {
  driver = static
  args = uid=${MAIL_ID} gid=${MAIL_ID} home=${root}/mail/%u
}
namespace inbox {
  inbox = yes
  separator = ${options.separator}
  prefix = ${options.prefix}
${Object.entries(SPECIAL[options.names])
  .map(([use, name]) => `  mailbox ${name} {\n    special_use = ${use}\n    auto = subscribe\n  }`)
  .join('\n')}
  mailbox Archive {
    special_use = \\Archive
  }
}
`;
}

/** Rights of `acl` users in folders that lack one, or all but some (RFC 4314 section 2.1); everything else is full. */
export const ACL = [
  ...['ReadOnly owner lrs', 'Closed owner'],
  ...Object.entries({
    Lookup: 'l',
    Read: 'r',
    Seen: 's',
    Write: 'w',
    Deleted: 't',
    Insert: 'i',
    Post: 'p',
    Create: 'k',
  }).map(([name, right]) => `No${name} owner ${'lrswtipekxa'.replace(right, '')}`),
  '',
].join('\n');

/** Domains whose users no password lets in. */
export const DENIED = 'denied:\n';

/**
 * Users that fail, any NAME at one of these domains: quota (200 KB), quotamsg (10 messages), small (64 KB a message),
 * acl (folders that lack rights), nologin (maintenance), disabled (nologin without a reason), denied (a wrong password,
 * whatever it is), userdown (no back end), badhome (store not writable).
 */
export function failingDomains(root: string): string {
  const row = (domain: string, extra: string, home = `${root}/mail/%u`) =>
    `${domain}:{PLAIN}${PASSWORD}:${MAIL_ID}:${MAIL_ID}::::userdb_home=${home} ${extra}\n`;
  return [
    row('quota', 'userdb_quota_rule=*:storage=200K'),
    row('quotamsg', 'userdb_quota_rule=*:messages=10'),
    row('small', 'userdb_quota_max_mail_size=64K'),
    row('acl', `userdb_mail_plugins=quota,acl,imap_quota,imap_acl userdb_acl=vfile:${root}/acl`),
    row('nologin', 'nologin=y reason=Maintenance_until_06:00_UTC'),
    row('disabled', 'nologin=y'),
    row('userdown', 'userdb_mail=nosuchdriver:~/x'),
    row('badhome', '', `${root}/readonly/%u`),
  ].join('');
}

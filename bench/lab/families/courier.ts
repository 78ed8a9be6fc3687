import { chown, mkdir, writeFile } from 'node:fs/promises';
import { awaitPort, freePorts } from '../ports.js';
import type { FamilyServer } from './family.js';
import { Jail } from './jail.js';
import { IDS } from './unpack.js';

/** Accounts that it has from the start: its user database is written once. */
const ACCOUNTS = 500;
/** `pass`, for crypt(3). */
const PASSWORD_HASH = '$1$nightfry$nYpXobEw6hruHc7i71BnZ.';
const START_LIMIT_MS = 15_000;

const MAKE = '/usr/lib/courier/courier-authlib/makedatprog';
const AUTHDAEMON = '/run/courier/authdaemon';

const AUTHDAEMONRC = `authmodulelist="authuserdb"
authmodulelistorig="authuserdb"
daemons=5
authdaemonvar=${AUTHDAEMON}
DEBUG_LOGIN=0
DEFAULTOPTIONS=""
`;

/** As in its own imapd file, save that it deletes nothing from Trash by itself. */
const ENVIRONMENT = {
  IMAP_CAPABILITY:
    'IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE AUTH=PLAIN',
  IMAP_KEYWORDS: '1',
  IMAP_ACL: '1',
  IMAP_PROXY: '0',
  IMAP_IDLE_TIMEOUT: '60',
  IMAP_MAILBOX_SANITY_CHECK: '1',
  IMAP_DISABLETHREADSORT: '0',
  IMAP_CHECK_ALL_FOLDERS: '0',
  IMAP_OBSOLETE_CLIENT: '0',
  IMAP_UMASK: '022',
  IMAP_USELOCKS: '1',
  IMAP_ENHANCEDIDLE: '0',
  IMAP_TRASHFOLDERNAME: 'Trash',
  IMAP_EMPTYTRASH: '',
  IMAP_TLS_REQUIRED: '0',
  IMAPDSTARTTLS: 'NO',
  MAILDIRPATH: 'Maildir',
  LANG: 'C.UTF-8',
};

/** Starts a Courier IMAP on a free port of the loopback. @throws Error with its words, when it does not come up */
export async function startCourier(): Promise<FamilyServer> {
  const jail = await Jail.make('courier');
  try {
    await layOut(jail);
    jail.start(['/usr/lib/courier/courier-authlib/authdaemond']);
    const [port = 0] = await freePorts(1);
    const listens = ['-address=127.0.0.1', '-maxprocs=400', '-maxperip=400', '-nodnslookup', '-noidentlookup'];
    const child = jail.start(
      ['/usr/sbin/couriertcpd', ...listens, '-access=/etc/courier/imapaccess.dat', String(port)].concat(
        '/usr/lib/courier/courier/imaplogin',
        '/usr/bin/imapd',
        'Maildir',
      ),
      ENVIRONMENT,
    );
    const until = Date.now() + START_LIMIT_MS;
    if (!(await awaitPort(port, () => child.exitCode === null && Date.now() < until)))
      throw new Error(`Courier did not come up: ${jail.said.trim()}`);
    let taken = 0;
    return {
      family: 'courier',
      port,
      newcomer: async () => {
        const user = `m${++taken}`;
        if (taken > ACCOUNTS) throw new Error(`this Courier has only ${ACCOUNTS} accounts`);
        await makeMaildir(jail, user);
        return { port, user };
      },
      stop: () => jail.destroy(),
    };
  } catch (error) {
    await jail.destroy();
    throw error;
  }
}

async function layOut(jail: Jail): Promise<void> {
  await mkdir(jail.path(AUTHDAEMON), { recursive: true });
  await chown(jail.path('/run/courier'), IDS.courier, IDS.courier);
  await chown(jail.path(AUTHDAEMON), IDS.courier, IDS.courier);
  const users = Array.from({ length: ACCOUNTS }, (_, at) => `m${at + 1}`);
  const home = (user: string) => `uid=${IDS.mail}|gid=${IDS.mail}|home=/vmail/${user}|mail=/vmail/${user}/Maildir|_=`;
  database(
    jail,
    '/etc/courier/userdb.dat',
    users.map((user) => `${user}\t${home(user)}`),
  );
  const secret = `imappw=${PASSWORD_HASH}|systempw=${PASSWORD_HASH}`;
  database(
    jail,
    '/etc/courier/userdbshadow.dat',
    users.map((user) => `${user}\t${secret}`),
  );
  database(jail, '/etc/courier/imapaccess.dat', ['127.0.0\tallow']);
  await writeFile(jail.path('/etc/courier/userdb'), '');
  await jail.replace('/etc/courier/authdaemonrc', AUTHDAEMONRC);
}

/** One of its databases; the end of its input is a line with a dot. */
function database(jail: Jail, path: string, lines: readonly string[]): void {
  jail.run([MAKE, '-', `${path}.tmp`, path], `${[...lines, '.'].join('\n')}\n`);
}

async function makeMaildir(jail: Jail, user: string): Promise<void> {
  const home = jail.path(`/vmail/${user}`);
  for (const path of ['', '/Maildir', '/Maildir/cur', '/Maildir/new', '/Maildir/tmp']) {
    await mkdir(home + path, { mode: 0o700 });
    await chown(home + path, IDS.mail, IDS.mail);
  }
}

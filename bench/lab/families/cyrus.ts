import { chown, mkdir, writeFile } from 'node:fs/promises';
import { awaitPort, freePorts } from '../ports.js';
import type { FamilyServer } from './family.js';
import { Jail } from './jail.js';
import { startPasswordDaemon } from './password-daemon.js';
import { IDS } from './unpack.js';

const START_LIMIT_MS = 20_000;
const BIN = '/usr/lib/cyrus/bin';
const HOME = '/cyrus';

/** Starts a Cyrus on a free port of the loopback. @throws Error with its words, when it does not come up */
export async function startCyrus(): Promise<FamilyServer> {
  const jail = await Jail.make('cyrus');
  await mkdir(jail.path(HOME));
  const passwords = await startPasswordDaemon(jail.path(`${HOME}/saslauthd`));
  const stop = async () => {
    await jail.destroy();
    await passwords.stop();
  };
  try {
    const [port = 0] = await freePorts(1);
    await layOut(jail, port);
    const child = jail.start([
      `${BIN}/master`,
      '-C',
      `${HOME}/imapd.conf`,
      '-M',
      `${HOME}/cyrus.conf`,
      '-p',
      `${HOME}/pid`,
    ]);
    const until = Date.now() + START_LIMIT_MS;
    if (!(await awaitPort(port, () => child.exitCode === null && Date.now() < until)))
      throw new Error(`Cyrus did not come up: ${jail.said.trim()}`);
    let taken = 0;
    // INBOX is made at the first login.
    return { family: 'cyrus', port, newcomer: async () => ({ port, user: `c${++taken}` }), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function layOut(jail: Jail, port: number): Promise<void> {
  const folders = [
    'mail',
    'conf',
    ...['db', 'log', 'msg', 'proc', 'ptclient', 'socket', 'sync', 'user', 'quota', 'lock'].map(
      (name) => `conf/${name}`,
    ),
  ];
  await chown(jail.path(HOME), IDS.cyrus, 8);
  for (const folder of folders) {
    await mkdir(jail.path(`${HOME}/${folder}`));
    await chown(jail.path(`${HOME}/${folder}`), IDS.cyrus, 8);
  }
  await writeFile(jail.path(`${HOME}/imapd.conf`), IMAPD_CONF);
  await writeFile(jail.path(`${HOME}/cyrus.conf`), cyrusConf(port));
}

const IMAPD_CONF = `
configdirectory: ${HOME}/conf
partition-default: ${HOME}/mail
defaultpartition: default
cyrus_user: cyrus
cyrus_group: mail
sasl_pwcheck_method: saslauthd
sasl_saslauthd_path: ${HOME}/saslauthd
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
virtdomains: off
unixhierarchysep: yes
altnamespace: yes
autocreate_quota: 0
autocreate_post: yes
autocreate_inbox_folders: Sent|Drafts|Trash|Junk
autocreate_subscribe_folders: Sent|Drafts|Trash|Junk
xlist-sent: Sent
xlist-drafts: Drafts
xlist-trash: Trash
xlist-junk: Junk
specialuse_extra: \\Archive
servername: cyrus.example
popminpoll: 0
`;

function cyrusConf(port: number): string {
  const conf = `-C ${HOME}/imapd.conf`;
  return `
START {
  recover cmd="${BIN}/ctl_cyrusdb ${conf} -r"
}
SERVICES {
  imap cmd="${BIN}/imapd ${conf} -U 500" listen="127.0.0.1:${port}" prefork=2 maxchild=200
}
EVENTS {
}
`;
}

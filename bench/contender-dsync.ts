import type { Contender } from './contender.js';
import { findProgram } from './lab/programs.js';
import type { BenchServers } from './servers.js';

/** Dovecot's own: reads over IMAP and writes the destination's storage, so it needs its disk, and half the line. */
export function dsync(servers: BenchServers): Contender {
  const program = findProgram('doveadm');
  const { destinationConf } = servers;
  return {
    name: 'dsync (writes storage)',
    overDistance: 'all',
    missing:
      program === null ? 'no doveadm on the PATH' : destinationConf === null ? 'the destination is no Dovecot' : null,
    async command({ line, sourceUser, destinationUser, password }) {
      const settings = [
        'imapc_host=127.0.0.1',
        `imapc_port=${line.sourcePort}`,
        `imapc_user=${sourceUser}`,
        `imapc_password=${password}`,
        'mail_prefetch_count=20',
        ...(line.security === 'tls' ? ['imapc_ssl=imaps', `ssl_client_ca_file=${line.certificateFile}`] : []),
      ];
      return {
        program: program ?? 'doveadm',
        args: [
          '-c',
          destinationConf ?? '',
          ...settings.flatMap((setting) => ['-o', setting]),
          'backup',
          '-R',
          '-u',
          destinationUser,
          'imapc:',
        ],
        env: {},
      };
    },
  };
}

import { atMost } from '../grammar/tokens.js';
import type { CommandTable } from '../session/command.js';
import { ok } from '../session/outcome.js';

/** CAPABILITY, NOOP, LOGOUT, ID (RFC 2971), STARTTLS, ENABLE (RFC 5161), CHECK. */
export const ANY_STATE: CommandTable = {
  CAPABILITY: {
    kind: 'whole',
    state: 'any',
    run: (session) => {
      session.askedCapability ||= session.account === null;
      session.out.line(`* CAPABILITY ${session.capabilities()}`);
      return ok('Capability completed.');
    },
  },
  NOOP: { kind: 'whole', state: 'any', run: () => ok('NOOP completed.') },
  CHECK: { kind: 'whole', state: 'selected', run: () => ok('Check completed.') },
  LOGOUT: {
    kind: 'whole',
    state: 'any',
    run: (session) => {
      session.out.line('* BYE Logging out');
      return { kind: 'tagged', status: 'OK', text: 'Logout completed.', next: 'close' };
    },
  },
  ID: {
    kind: 'whole',
    state: 'any',
    needs: 'ID',
    run: (session) => {
      session.out.line(`* ID ("name" "${session.house.settings.software}")`);
      return ok('ID completed.');
    },
  },
  STARTTLS: {
    kind: 'whole',
    state: 'open',
    needs: 'STARTTLS',
    run: (session, args) => {
      atMost(args, 0);
      if (session.encrypted) return { kind: 'tagged', status: 'BAD', text: 'TLS is already active.', next: 'go-on' };
      return { kind: 'tagged', status: 'OK', text: 'Begin TLS negotiation now.', next: 'start-tls' };
    },
  },
  ENABLE: {
    kind: 'whole',
    state: 'authenticated',
    needs: 'ENABLE',
    run: (session, args) => {
      const condstore = args.some((arg) => arg.kind === 'atom' && arg.text.toUpperCase() === 'CONDSTORE');
      if (condstore && session.has('CONDSTORE')) {
        session.condstore = true;
        session.out.line('* ENABLED CONDSTORE');
      }
      return ok('Enabled.');
    },
  },
};

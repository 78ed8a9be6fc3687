import { describe, expect, it } from 'vitest';
import { type LoginFacts, survivalOf } from '../../../src/commands/process/kill-user-processes.js';

const facts = (change: Partial<LoginFacts>): LoginFacts => ({
  user: 'ann',
  sessionId: '7',
  manager: 'KillUserProcesses=yes\nKillExcludeUsers=root\nKillOnlyUsers=\n',
  config: '',
  self: 'Linger=no\n',
  scopes: 'available',
  ...change,
});

describe('an engine at the logout of its user', () => {
  it.each<[string, Partial<LoginFacts>]>([
    ['without a session of logind', { sessionId: null }],
    ['where logind ends nobody', { manager: 'KillUserProcesses=no\n' }],
    ['where nothing is said', { manager: null }],
    ['of root, who is spared unless said', { user: 'root' }],
    ['of one who is spared', { manager: 'KillUserProcesses=yes\nKillExcludeUsers=root ann\n' }],
    ['where only others are ended', { manager: 'KillUserProcesses=yes\nKillOnlyUsers=bob eve\n' }],
    ['where the file says it in a comment only', { manager: null, config: '[Login]\n#KillUserProcesses=yes\n' }],
    ['where a later file takes it back', { manager: null, config: 'KillUserProcesses=yes\nKillUserProcesses=no\n' }],
  ])('goes on %s', (_, change) => {
    expect(survivalOf(facts(change))).toEqual({ kind: 'survives' });
  });

  it('goes on in a scope of the user’s own manager, which lingers', () => {
    expect(survivalOf(facts({ self: 'Linger=yes\n' }))).toEqual({ kind: 'in a scope' });
  });

  it.each<[string, Partial<LoginFacts>]>([
    ['whose manager ends with it', {}],
    ['without systemd-run', { self: 'Linger=yes\n', scopes: 'missing' }],
    ['as the files have it', { manager: null, config: '[Login]\nKillUserProcesses = yes\n' }],
    [
      'excluded in the files, where nobody is spared',
      { user: 'root', manager: 'KillUserProcesses=1\nKillExcludeUsers=\n' },
    ],
  ])('ends with the session of a user %s, which is said in one line', (_, change) => {
    const survival = survivalOf(facts(change));
    expect(survival).toMatchObject({
      kind: 'ends',
      hint: expect.stringMatching(/^[^\n]*loginctl enable-linger[^\n]*$/),
    });
  });
});

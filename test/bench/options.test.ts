import { expect, it } from 'vitest';
import { readOptions } from '../../bench/options.js';

it('times 1,000 small messages at RTT 0 and 80, in plaintext and over TLS, unless told otherwise', () => {
  expect(readOptions([])).toMatchObject({
    profile: 'small',
    messages: 1000,
    few: 60,
    runs: 1,
    tools: [],
    fsync: 'optimized',
  });
  expect(readOptions([]).lines).toEqual([
    { rtt: 0, security: 'plaintext' },
    { rtt: 0, security: 'tls' },
    { rtt: 80, security: 'plaintext' },
    { rtt: 80, security: 'tls' },
  ]);
});

it('takes fewer of large mail, and never more for the slow than for the fast', () => {
  expect(readOptions(['--profile', 'large']).messages).toBe(12);
  expect(readOptions(['--messages', '20'])).toMatchObject({ messages: 20, few: 20 });
});

it.each([
  ['--profile', 'huge'],
  ['--messages', '0'],
  ['--messages', '1.5'],
  ['--rtt', '-5'],
  ['--security', 'none'],
  ['--fsync', 'maybe'],
])('refuses %s %s by name', (option, value) => {
  expect(() => readOptions([`${option}=${value}`])).toThrow(option);
});

it('times every case against a commit, in plaintext, unless told otherwise', () => {
  const options = readOptions(['--against', 'HEAD~3', '--rtt', '80']);
  expect(options).toMatchObject({ against: 'HEAD~3', cases: ['small', 'small1k', 'mixed', 'large', 'nothing'] });
  expect(options.lines).toEqual([{ rtt: 80, security: 'plaintext' }]);
  expect(readOptions(['--against', 'abc', '--cases', 'small1k,nothing']).cases).toEqual(['small1k', 'nothing']);
  expect(() => readOptions(['--cases', 'tiny'])).toThrow('--cases');
});

import { userInfo } from 'node:os';
import { expect, it } from 'vitest';
import { wholePath } from '../../../src/commands/input/whole-path.js';
import { operatorName } from '../../../src/commands/process/operator.js';

it.each([
  ['~/list.csv', '/home/op/list.csv'],
  [' list.csv ', '/srv/here/list.csv'],
  ['/tmp/list.csv', '/tmp/list.csv'],
  ['../~list.csv', '/srv/~list.csv'],
  ['~', '/home/op'],
  ['~ann/x', '/srv/here/~ann/x'],
])('%j is %s', (typed, whole) => {
  expect(wholePath(typed, { cwd: '/srv/here', home: '/home/op' })).toBe(whole);
});

it('calls an operator by the name they logged in with, else by their number', () => {
  expect(operatorName({ env: { USER: 'eva', LOGNAME: 'root' }, uid: 0 })).toBe('eva');
  expect(operatorName({ env: { USER: '', LOGNAME: 'root' }, uid: 0 })).toBe('root');
  const { uid, username } = userInfo();
  expect(operatorName({ env: {}, uid })).toBe(username);
  expect(operatorName({ env: {}, uid: uid + 1 })).toBe(`user ${uid + 1}`);
});

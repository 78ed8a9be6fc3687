import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/commands/catalogue.js';
import { AnOperator } from './an-operator.js';

let operator: AnOperator;
beforeEach(async () => {
  operator = await AnOperator.atWork();
});
afterEach(() => operator.goesHome());

describe('help', () => {
  const listed = CATALOGUE.filter(({ hidden }) => !hidden);

  it.each(listed.map((one) => one.name))('of %s shows an example that begins with the command', async (name) => {
    expect(await operator.runs(name, '--help')).toBe(0);
    expect(operator.out.text).toMatch(new RegExp(`Examples?:\\n {2}nightferry ${name}\\b`));
    // A console prints nothing, a test notice says what came back; a file is looked after, and a person signs in.
    if (!['attach', 'notify', 'config', 'login'].includes(name)) expect(operator.out.text).toContain('--json');
    expect(operator.err.text).toBe('');
  });

  it('lists every command with what it does', async () => {
    expect(await operator.runs('--help')).toBe(0);
    for (const { name, summary } of listed)
      expect(operator.out.text).toMatch(new RegExp(`\\n {2}${name}[^\\n]* {2}${summary}\\n`));
    expect(operator.out.text).not.toMatch(/^ {2}engine/m);
    const summaries = await Promise.all(
      CATALOGUE.map(async (one) => (await one.load()).makeCommand(operator.io(), () => undefined).summary()),
    );
    expect(summaries).toEqual(CATALOGUE.map((one) => one.summary));
  });

  it('takes the use of no configuration before and behind every command that has no configuration to read', async () => {
    for (const words of [
      ['--no-config', 'status'],
      ['status', '--no-config'],
      ['--no-config', 'explain', 'NO [OVERQUOTA] Quota exceeded'],
    ]) {
      expect(await operator.runs(...words)).toBe(0);
      expect(operator.err.text).toBe('');
    }
  });

  it('says which options are those of the start screen', async () => {
    expect(await operator.runs('--help')).toBe(0);
    const [, start = ''] = operator.out.text.split(/\n\nOptions of the start screen[^\n]*:\n/);
    expect(start.split('\n\n')[0]).toMatch(/--bell [\s\S]*--read-only/);
    expect(start.split('\n\n')[0]).not.toContain('--version');
  });

  it('is shown where no command is given, as wrong usage', async () => {
    expect(await operator.runs()).toBe(2);
    expect(operator.err.text).toMatch(/^Usage: nightferry/);
  });

  it('knows its version', async () => {
    expect(await operator.runs('--version')).toBe(0);
    expect(operator.out.text).toBe('0.1.0\n');
  });
});

import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { dropAfterSending, when } from '../../../demo/server/index.js';
import { letters } from '../../support/odd-mail.js';
import { AT, nightWith, whyOf } from './a-desk.js';

describe('a message that an operator saves', () => {
  const PART = 256 * 1024;
  const big = (bytes: number) => Buffer.alloc(bytes, 'Subject: x\r\n\r\n0123456789abcdef');

  async function folder(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'nf-save-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    return dir;
  }

  it.each([
    ['a small one', Buffer.from('Subject: s\r\n\r\nb\0\n')],
    ['none of its bytes', Buffer.alloc(0)],
    ['one of exactly two parts', big(2 * PART)],
    ['one of three parts and a bit', big(3 * PART + 17)],
  ])('is in the file byte for byte, for its owner alone: %s', async (_, bytes) => {
    const dir = await folder();
    const { night, ask } = await nightWith([{ raw: bytes, internalDate: AT, flags: [] }]);
    const path = join(dir, 'message.eml');
    expect(await ask({ do: 'save-message', path })).toEqual({
      ok: true,
      saved: { path, bytes: bytes.length, rows: 1 },
    });
    expect((await readFile(path)).equals(bytes)).toBe(true);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(dir)).toEqual(['message.eml']);
    expect([...(night.source.account('ann').folder('INBOX').messages[0]?.flags ?? [])]).toEqual([]);
    night.checkManners();
  });

  it('takes the place of no file: that is said before anything is read', async () => {
    const path = join(await folder(), 'message.eml');
    await writeFile(path, 'mine');
    const { night, ask } = await nightWith(letters(1));
    expect(whyOf(await ask({ do: 'save-message', path }))).toBe(
      `save ${path}: there is such a file already; give another name`,
    );
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(night.source.sent('UID FETCH')).toEqual([]);
  });

  it('takes the place of no file that came meanwhile', async () => {
    const dir = await folder();
    const path = join(dir, 'message.eml');
    const { night, ask } = await nightWith([{ raw: big(PART), internalDate: AT }]);
    let once = true;
    night.source.watch((event) => {
      if (event.at !== 'command' || event.command !== 'UID FETCH' || !once) return;
      once = false;
      void writeFile(path, 'mine');
    });
    expect(whyOf(await ask({ do: 'save-message', path }))).toMatch(/there is such a file already/);
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(await readdir(dir)).toEqual(['message.eml']);
  });

  it.each([
    ['a path from nowhere', 'message.eml', 'save message.eml: a whole path is expected, from / or ~/ on'],
    ['a folder', '/tmp/', 'save /tmp/: that is a folder; give a name in it'],
    ['a folder that is not there', '/tmp/nf-not-there/x.eml', 'save /tmp/nf-not-there/x.eml: there is no such folder'],
    ['another’s home', '~bob/x.eml', 'save ~bob/x.eml: a whole path is expected, from / or ~/ on'],
    [
      'a name in the home folder that is no file',
      '~/nf-not-there/x.eml',
      'save ~/nf-not-there/x.eml: there is no such folder',
    ],
  ])('into %s: one line says why not', async (_, path, why) => {
    const { ask } = await nightWith(letters(1));
    expect(homedir()).toMatch(/^\//);
    expect(whyOf(await ask({ do: 'save-message', path }))).toBe(why);
  });

  it('leaves nothing behind where the connection drops in the middle', async () => {
    const dir = await folder();
    const { night, ask } = await nightWith([{ raw: big(4 * PART), internalDate: AT }]);
    night.source.goesWrong(when('UID FETCH', dropAfterSending(PART / 2), { nth: 2 }));
    expect(whyOf(await ask({ do: 'save-message', path: join(dir, 'x.eml') }))).toMatch(/^the source, at connection: /);
    expect(await readdir(dir)).toEqual([]);
  });

  it('that is gone leaves nothing behind', async () => {
    const dir = await folder();
    const { ask } = await nightWith(letters(1));
    expect(whyOf(await ask({ do: 'save-message', uid: 7, path: join(dir, 'x.eml') }))).toBe(
      'UID 7 is gone from the source',
    );
    expect(await readdir(dir)).toEqual([]);
  });
});

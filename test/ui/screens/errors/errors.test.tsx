import { describe, expect, it } from 'vitest';
import { NOW } from '../../support/a-batch.js';
import { aBatchConsole, LARGE } from '../../support/a-batch-console.js';
import { anEngineWithLog } from '../../support/an-engine-with-log.js';
import { aGroup, anEntry } from '../../support/some-errors.js';

describe('errors', () => {
  it('are the drawing, at 80x24: groups, and the one under the cursor below', async () => {
    const { console } = await aBatchConsole(anEngineWithLog());
    await console.type('e');
    const { text } = await console.look();
    expect(text.map((line) => line.trimEnd())).toEqual([
      ' school-2026 › errors             by response code   since 20:00   02:14:07 UTC',
      '── groups 1-3 of 3   134 messages, 1 failure in 4 mailboxes ────────────────────',
      '   code / kind            messages   boxes  side    last  what to do',
      '▸  OVERQUOTA                   131       2  dest   01:12  raise quota, retry',
      '   (message-policy)              3       1  dest   01:58  skip, or retry mended',
      '   AUTHENTICATIONFAILED          -       1  src    01:12  correct the login',
      '',
      '── OVERQUOTA   destination   APPEND ────────────────────────────────────────────',
      ' NO [OVERQUOTA] Quota exceeded (mailbox for user is full)',
      ' The destination is full. Look at its quota meter, raise the quota or empty the',
      ' trash, then retry; smaller messages may still fit.',
      ' Read as quota: rule over-quota: code OVERQUOTA, after APPEND at',
      ' the destination                                                     x says why',
      '',
      ' 4,912 more messages of these mailboxes were not tried',
      ' maria@new.example            88 messages   INBOX',
      ' peter@new.example            43 messages   Archive/2018',
      '',
      '',
      '',
      '',
      '',
      ' space mark  a all filtered  enter open  x explain  o sort by count  / filter',
      ' R retry  F few first  S skip  B backoff  H release  w save    ? help  esc back',
    ]);
  });

  it('that are noted or left out stand behind one line each, which enter opens and folds again', async () => {
    const engine = anEngineWithLog();
    const [first] = engine.errors;
    if (!first) return expect.unreachable();
    const more = (key: string, standing: 'skipped' | 'settled') => ({ ...first, key, code: key, standing });
    engine.errors = [more('NOTE1', 'settled'), more('NOTE2', 'settled'), more('GONE', 'skipped'), ...engine.errors];
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    const folded = await console.screen();
    expect(folded).toMatch(/▸ {2}OVERQUOTA/);
    expect(folded).toMatch(/\+ 1 left out .*\n.*\+ 2 noted +262 .*enter lists them/);
    expect(folded).not.toMatch(/NOTE1|GONE/);
    await console.type('G\r');
    const opened = await console.screen();
    expect(opened).toMatch(/▸ {2}- 2 noted[^\n]*\n +NOTE1/);
    expect(opened).not.toContain('GONE');
    // Nothing is decided about a line that folds, and "all" marks no group behind one.
    await console.type('R');
    expect(await console.screen()).not.toContain('Retry');
    await console.type('\ra');
    expect(await console.screen()).toContain('3 marked');
  });

  it('show how often they happened over the night where there is room, and the advice whole', async () => {
    const { console } = await aBatchConsole(anEngineWithLog(), LARGE);
    await console.type('e');
    const screen = await console.screen();
    expect(screen).toContain('since 23:00');
    expect(screen).toMatch(/OVERQUOTA .* [▁-█]{7} +raise quota, retry +The destination is full\./);
    expect(screen).toContain('AUTHENTICATIONFAILED');
  });

  it('open into entries and into one entry whole, with the responses of single messages', async () => {
    const { console } = await aBatchConsole(anEngineWithLog());
    await console.type('e');
    await console.type('j');
    await console.type('\r');
    expect(await console.screen()).toContain('errors › (message-policy)');
    await console.type('\r');
    const screen = await console.screen();
    expect(screen).toContain('errors › (message-policy) › dave');
    expect(screen).toContain('UID 48213   1 of 3');
    expect(screen).toMatch(/alike +3 messages: 48213:48215/);
    expect(screen).toMatch(/tried +3 times at most; met 3 times in all/);
    expect(screen).toMatch(/because +rule append-refused: the text says “attachment of this type”,/);
    expect(screen).toContain('others with a response of their own');
    await console.type('m');
    expect(await console.screen()).toContain('› dave');
  });

  it('of folders and logins were not tried, they were met', async () => {
    const { console } = await aBatchConsole(anEngineWithLog());
    await console.type('e');
    await console.type('jj\r');
    const group = await console.screen();
    expect(group).toMatch(/ met +1 time$/m);
    expect(group).not.toContain('0 attempts');
    await console.type('\r');
    expect(await console.screen()).toMatch(/ met +1 time$/m);
  });

  it('are asked for again when another one is told of', async () => {
    const engine = anEngineWithLog();
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    engine.errors = [aGroup([anEntry('ann', 7, { response: 'NO [TOOBIG] too big' })], { code: 'TOOBIG' })];
    engine.say({ type: 'failure', failure: { ...anEntry('ann', 7), at: NOW } });
    await console.clock.pass(1_500);
    expect(await console.screen()).toContain('TOOBIG');
  });

  it('say why they are not there', async () => {
    const engine = anEngineWithLog();
    engine.answers.set('errors', { ok: false, why: 'the answer is larger than a line may be' });
    const { console } = await aBatchConsole(engine);
    await console.type('e');
    expect(await console.screen()).toContain('the answer is larger than a line may be');
  });
});

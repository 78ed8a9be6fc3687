import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { graphHeight, graphLines } from '../../../../src/ui/screens/night/graph-lines.js';
import { ASCII, DRAWN } from '../../../../src/ui/text/glyphs.js';
import { plainText, spansWidth } from '../../../../src/ui/text/spans.js';
import { forEachMark, type NightPace, PACE_MARKS } from '../../../../src/words/night-pace.js';
import { aNight, MINUTE, NOW } from '../../support/a-batch.js';
import { aBatchConsole, LARGE, MIDDLE, SMALL } from '../../support/a-batch-console.js';
import { PaperEngine } from '../../support/paper-engine.js';

/** Four hours and fourteen minutes: a wave, with an hour of a closed window and some faults. */
function aPace(): NightPace {
  const stretch = 2 * MINUTE;
  const stretches = 127;
  const isClosed = (i: number) => i >= 60 && i < 90;
  const wave = (i: number) => (isClosed(i) ? 0 : Math.round(300 + 250 * Math.sin(i / 7)));
  return {
    from: NOW - stretches * stretch,
    until: NOW,
    stretch,
    messages: Array.from({ length: stretches }, (_, i) => wave(i)),
    bytes: Array.from({ length: stretches }, (_, i) => wave(i) * (i < 30 ? 40_000 : 90_000)),
    marks: {
      ...forEachMark(() => []),
      'window closed': Array.from({ length: 30 }, (_, i) => 60 + i),
      dropped: [12, 40],
      throttled: [41, 42, 43],
      held: [100],
      'left alone': [110, 111, 112, 113],
      resting: [120],
    },
  };
}

const anEngine = (pace: NightPace | null) => {
  const engine = new PaperEngine(aNight());
  engine.answers.set('pace', pace === null ? { ok: false, why: 'not now' } : { ok: true, pace });
  return engine;
};

describe('the graph of the night', () => {
  it('is the drawing', () => {
    const look = { width: 120, height: 9, glyphs: DRAWN };
    expect(graphLines(aPace(), look).map((line) => plainText(line).trimEnd())).toMatchInlineSnapshot(`
      [
        "── the night since 22:00, a column is 4:00  d dropped  t throttled  h held  a left alone  w window closed  r all rest ──",
        " 402 kB/s                        ▁▄▆▇██▇               ▁▄▆▇██▇▅▂",
        "            ▁▂▂▃▃▂▁            ▃▆███████               █████████▇▄▁",
        "        0 ▆█████████▇▅▄▃▂▃▂▂▄▅██████████               ████████████▇▄▃▂▂▄▅",
        "    4.6/s  ▁▄▆▇██▇▅▂             ▁▄▆▇██▇               ▁▄▆▇██▇▅▂",
        "          ▆█████████▇▄▁        ▃▆███████               █████████▇▄▁",
        "        0 █████████████▇▄▃▂▂▄▅██████████               ████████████▇▄▃▂▂▄▅",
        "                d             dt         window closed      h    aa   r",
        "          ───────────────┼23:00─────────┼00:00─────────┼01:00─────────┼02:00─────────┼03:00─────────┼04:00─────────────",
      ]
    `);
  });

  it('is the drawing, where only ASCII arrives', () => {
    const look = { width: 120, height: 9, glyphs: ASCII };
    expect(graphLines(aPace(), look).map((line) => plainText(line).trimEnd())).toMatchInlineSnapshot(`
      [
        "-- the night since 22:00, a column is 4:00  d dropped  t throttled  h held  a left alone  w window closed  r all rest --",
        " 402 kB/s                        _-+*##*               _-+*##*=.",
        "            __...._            .+#######               #########*=_",
        "        0 +#########*+=-.-..-+##########               ############*=-..-=",
        "    4.6/s  _-+*##*=.             _-+*##*               _-+*##*=.",
        "          +#########*=_        .+#######               #########*=_",
        "        0 #############*=-..-+##########               ############*=-..-=",
        "                d             dt         window closed      h    aa   r",
        "          ---------------+23:00---------+00:00---------+01:00---------+02:00---------+03:00---------+04:00-------------",
      ]
    `);
  });

  it('cuts a peak that would make all the rest flat, and says so', () => {
    const even = Array.from({ length: 40 }, () => 1_000);
    const of = (messages: readonly number[]): NightPace => ({
      ...aPace(),
      messages,
      bytes: messages,
      marks: forEachMark(() => []),
    });
    const rows = (messages: readonly number[]) =>
      graphLines({ ...of(messages), until: NOW }, { width: 120, height: 9, glyphs: DRAWN }).map(plainText);
    expect(rows(even)[4]).toMatch(/^ +8\.3\/s █{40}$/);
    const peaked = rows([...even, 900_000]);
    expect(peaked[4]).toMatch(/^ +67\/s\+ {41}█$/);
    expect(peaked[6]).toMatch(/^ +0 ▃{40}█$/);
  });

  it('has its lines and no more than the width, whatever the night was', () => {
    const stretches = fc.array(fc.tuple(fc.nat(1e4), fc.nat(1e12), fc.subarray([...PACE_MARKS])), { maxLength: 240 });
    const size = fc.record({ width: fc.integer({ min: 120, max: 260 }), height: fc.integer({ min: 39, max: 80 }) });
    fc.assert(
      fc.property(
        stretches,
        size,
        fc.integer({ min: 1, max: 1e7 }),
        fc.nat(1e7),
        (all, { width, height }, stretch, more) => {
          const pace: NightPace = {
            from: NOW,
            until: NOW + Math.max(0, all.length - 1) * stretch + Math.min(more, stretch),
            stretch,
            messages: all.map(([messages]) => messages),
            bytes: all.map(([, bytes]) => bytes),
            marks: forEachMark((mark) => all.flatMap(([, , marks], index) => (marks.includes(mark) ? [index] : []))),
          };
          const lines = graphLines(pace, { width, height: graphHeight(width, height), glyphs: DRAWN });
          expect(lines.length).toBeLessThanOrEqual(graphHeight(width, height));
          for (const line of lines) expect(spansWidth(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  it.each([MIDDLE, LARGE])(
    'stands below the mailboxes at $columns x $rows, and takes no more lines than it has',
    async (size) => {
      const { console } = await aBatchConsole(anEngine(aPace()), size);
      for (const key of ['', 't']) {
        if (key !== '') await console.type(key);
        const { text } = await console.look();
        expect(text).toHaveLength(size.rows);
        // The keys of the table may take two lines.
        const at = text.findIndex((line) => line.includes('the night since 22:00'));
        expect([1, 2]).toContain(size.rows - at - graphHeight(size.columns, size.rows - 1));
      }
    },
  );

  it('is not there, and not asked for, on a small screen or another one', async () => {
    const small = anEngine(aPace());
    const { console } = await aBatchConsole(small, SMALL);
    expect((await console.look()).text.join('\n')).not.toContain('the night since');
    expect(small.told.map((one) => one.do)).not.toContain('pace');
  });

  it('is asked for when a stretch of it is over, and not before', async () => {
    const stretch = 20_000;
    const engine = anEngine({ ...aPace(), stretch, from: NOW - 127 * stretch });
    const { console } = await aBatchConsole(engine, MIDDLE);
    const asked = () => engine.told.filter((one) => one.do === 'pace').length;
    await console.look();
    const before = asked();
    await console.clock.pass(15_000);
    expect(asked()).toBe(before);
    await console.clock.pass(7_000);
    expect(asked()).toBe(before + 1);
  });

  it('says that it is still to come, where the engine tells none', async () => {
    const { console } = await aBatchConsole(anEngine(null), MIDDLE);
    expect((await console.look()).text.join('\n')).toContain('there is nothing to draw yet');
  });
});

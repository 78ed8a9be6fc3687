import { describe, expect, it } from 'vitest';
import { FlowDoubts } from '../../../../src/engine/imap/connection/flow-doubts.js';

/** So many lines that break under a command behind an opening, a second each. */
function brokenLines(losses: number): FlowDoubts {
  const doubts = new FlowDoubts();
  for (let at = 0; at < losses; at++) doubts.lost(['a reading behind an opening'], 'INBOX', at * 1000, at * 1000 + 500);
  return doubts;
}

describe('lines that break under a command behind an unanswered one', () => {
  it('have the next one spared that after two of them', () => {
    expect(brokenLines(1).onTrial).toBe(false);
    expect(brokenLines(2).onTrial).toBe(true);
    expect(brokenLines(2).servedAlone('UID FETCH', 'a reading behind an opening', 'INBOX')).toBe(true);
  });

  it('say nothing where they broke together', () => {
    const doubts = brokenLines(1);
    for (let at = 0; at < 9; at++) doubts.lost(['a reading behind an opening'], 'INBOX', 100, 501 + at);
    expect(doubts.onTrial).toBe(false);
  });

  it('say nothing of a server that ever served a command in that place', () => {
    const doubts = new FlowDoubts();
    doubts.served('a reading behind an opening');
    for (let at = 0; at < 9; at++) doubts.lost(['a reading behind an opening'], 'INBOX', at * 1000, at * 1000 + 500);
    expect(doubts.onTrial).toBe(false);
  });

  it('say nothing of another place', () => {
    const doubts = brokenLines(1);
    doubts.lost(['another behind another'], null, 1000, 1500);
    expect(doubts.onTrial).toBe(false);
    expect(brokenLines(2).servedAlone('UID FETCH', 'another behind another', 'INBOX')).toBe(false);
  });

  it('say nothing where another folder is served alone: it may be the folder that breaks them', () => {
    expect(brokenLines(2).servedAlone('UID FETCH', 'a reading behind an opening', 'Work')).toBe(false);
  });

  it('tell where all of them broke, of several places, and at different folders speak of no folder', () => {
    const doubts = new FlowDoubts();
    doubts.lost(['another behind an opening', 'a reading behind an opening'], 'INBOX', 0, 500);
    doubts.lost(['a reading behind an opening', 'an opening behind a reading'], 'Work', 1000, 1500);
    expect(doubts.onTrial).toBe(true);
    expect(doubts.servedAlone('UID FETCH', 'an opening behind a reading', 'Else')).toBe(false);
    expect(doubts.servedAlone('UID FETCH', 'a reading behind an opening', 'Else')).toBe(true);
  });

  it('are something else where they break alone too', () => {
    const doubts = brokenLines(2);
    doubts.lostAlone();
    expect(doubts.onTrial).toBe(false);
    for (let at = 5; at < 9; at++) doubts.lost(['a reading behind an opening'], 'INBOX', at * 1000, at * 1000 + 500);
    expect(doubts.onTrial).toBe(false);
  });
});

describe('first commands of a session that have no answer behind others', () => {
  const silent = () => {
    const doubts = new FlowDoubts();
    doubts.unanswered(['NAMESPACE', 'LIST']);
    return doubts;
  };

  it('are sent alone, and were lost where each is then served', () => {
    const doubts = silent();
    expect(doubts.onTrial).toBe(true);
    expect(doubts.servedAlone('NAMESPACE', 'nothing', null)).toBe(false);
    expect(doubts.servedAlone('LIST', 'another behind another', null)).toBe(true);
  });

  it('were lost, too, where a folder is opened alone and one of them was not asked again', () => {
    const doubts = silent();
    expect(doubts.servedAlone('LIST', 'another behind another', null)).toBe(false);
    expect(doubts.servedAlone('EXAMINE', 'an opening behind another', 'INBOX')).toBe(true);
  });

  it('tell of a slow server where one has no answer alone either', () => {
    const doubts = silent();
    expect(doubts.servedAlone('NAMESPACE', 'nothing', null)).toBe(false);
    doubts.slowAlone();
    expect(doubts).toMatchObject({ onTrial: false, flights: 'served' });
    expect(doubts.servedAlone('LIST', 'another behind another', null)).toBe(false);
    doubts.unanswered(['LIST']);
    expect(doubts.onTrial).toBe(false);
  });

  it('say nothing of a server that served others so', () => {
    const doubts = new FlowDoubts();
    expect(doubts.flights).toBe('in doubt');
    doubts.served('another behind another');
    doubts.unanswered(['NAMESPACE', 'LIST']);
    expect(doubts).toMatchObject({ onTrial: false, flights: 'served' });
  });
});

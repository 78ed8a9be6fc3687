import { describe, expect, it } from 'vitest';
import { STORED_ALONE, USUAL } from '../../../src/engine/imap/connection/silence-limits.js';
import { Silences } from '../../../src/engine/isolate/silences.js';

describe('a side that was silent', () => {
  it('has answered others only where they came after the silence', () => {
    const silences = new Silences();
    silences.goesOn();
    silences.among('destination', 'on');
    expect(silences.othersSince('destination', 'message')).toBe('silent');
    silences.goesOn();
    expect(silences.othersSince('destination', 'message')).toBe('answered');
  });

  it('has not shown that it stores messages by opening a folder', () => {
    const silences = new Silences();
    silences.among('destination', 'on');
    silences.opens();
    expect(silences.othersSince('destination', 'folder')).toBe('answered');
    expect(silences.othersSince('destination', 'message')).toBe('silent');
  });

  it('has answered others where it went on to answer what was sent behind', () => {
    const silences = new Silences();
    silences.goesOn();
    silences.among('destination', 'past it');
    expect(silences.othersSince('destination', 'message')).toBe('answered');
  });

  it('is waited for longer where nothing else went on, and after three silences', () => {
    const dead = new Silences();
    dead.among('destination', 'not on');
    const often = new Silences();
    for (let n = 0; n < 2; n++) often.among('destination', 'on');
    expect(often.usual('destination')).toBe(USUAL);
    often.among('destination', 'on');
    for (const silences of [dead, often]) {
      expect(silences.usual('destination')).toBeGreaterThan(USUAL);
      expect(silences.usual('source')).toBe(USUAL);
    }
  });

  it('is waited for less after two messages that were never answered, and its folder is to blame after five in a row', () => {
    const silences = new Silences();
    expect(silences.last()).toBe(STORED_ALONE);
    for (let n = 0; n < 4; n++) silences.never();
    expect(silences.last()).toBeLessThan(STORED_ALONE);
    expect(silences.speakAgainstFolder).toBe(false);
    silences.goesOn();
    for (let n = 0; n < 5; n++) silences.never();
    expect(silences.speakAgainstFolder).toBe(true);
  });
});

import { expect, it } from 'vitest';
import { NewSuspects } from '../../../src/engine/isolate/new-suspects.js';

it('takes the server to be in trouble when there are too many in a row, and not when mail goes on in between', () => {
  const news = new NewSuspects();
  const kinds = Array.from({ length: 6 }, () => news.putOff().kind);
  expect(kinds).toEqual(['narrowed', 'narrowed', 'narrowed', 'narrowed', 'narrowed', 'nothing']);
  news.goesOn();
  expect(news.putOff().kind).toBe('narrowed');
});

it('opens folders one after the other from the second in a row on, and where several folders are suspected', () => {
  const news = new NewSuspects();
  expect(news.turn(0)).toBe('in flight');
  news.putOff();
  expect(news.turn(1)).toBe('in flight');
  news.putOff();
  expect(news.turn(2)).toBe('alone');
  news.goesOn();
  expect([news.turn(2), news.turn(3)]).toEqual(['in flight', 'alone']);
});

import { headerValues } from '../grammar/message-parts.js';
import type { SearchKey } from '../grammar/search-keys.js';
import { headerLength } from '../habits.js';
import type { Numbered, Selection } from '../session/selection.js';

type Match = (numbered: Numbered) => boolean;

/** Makes a test of a criterion. Sets are resolved once, against what the session sees now. */
export function matching(key: SearchKey, selection: Selection): Match {
  switch (key.kind) {
    case 'all':
      return () => true;
    case 'flag': {
      const wanted = key.flag.toLowerCase();
      return ({ message }) =>
        message.flags.has(key.flag) || [...message.flags].some((flag) => flag.toLowerCase() === wanted);
    }
    case 'recent':
      return ({ message }) => selection.isRecent(message);
    case 'not': {
      const inner = matching(key.key, selection);
      return (numbered) => !inner(numbered);
    }
    case 'or':
    case 'and': {
      const inner = key.keys.map((each) => matching(each, selection));
      return (numbered) =>
        key.kind === 'or' ? inner.some((test) => test(numbered)) : inner.every((test) => test(numbered));
    }
    case 'uid':
    case 'sequence': {
      const chosen = key.kind === 'uid' ? selection.byUid(key.set) : (selection.bySequence(key.set) ?? []);
      const messages = new Set(chosen.map(({ message }) => message));
      return ({ message }) => messages.has(message);
    }
    case 'between':
      return ({ message }) => {
        const at =
          key.of === 'internal' ? message.internalDate : Date.parse(headerValues(message.raw, 'DATE')[0] ?? '');
        return at >= key.from && at < key.to;
      };
    case 'size':
      return ({ message }) => message.size > key.above && message.size < key.below;
    case 'header':
      return ({ message }) => headerValues(message.raw, key.name).some((value) => contains(value, key.text));
    case 'bytes':
      return ({ message }) => {
        const { raw } = message;
        return contains(raw.toString('latin1', key.where === 'body' ? headerLength(raw) : 0), key.text);
      };
    case 'modseq':
      return ({ message }) => message.modseq >= key.least;
  }
}

function contains(value: string, text: string): boolean {
  return value.toLowerCase().includes(Buffer.from(text, 'utf8').toString('latin1').toLowerCase());
}

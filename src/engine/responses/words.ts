/** The most words of a text that are looked at. Longer texts say nothing new, and must not cost more. */
const MOST_WORDS = 120;

/** Dovecot's and Cyrus' timing at the end of a text: `(0.020 + 0.000 secs).`, `(took 0 ms)`. */
const TIMING = /\s*\((?:took )?[\dn.+\s]{1,40}(?:secs?|ms)\)\.?\s*$/;
const QUOTED = /"[^"]*"/g;
/**
 * The command's name, which some servers repeat: `UID FETCH Server error`, `CREATE failed: ...`. It is not part of the
 * wording.
 */
const ECHO =
  /^(?:UID )?(?:SELECT|EXAMINE|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE|LIST|LSUB|STATUS|APPEND|COPY|MOVE|STORE|FETCH|SEARCH|SORT|THREAD|EXPUNGE|NAMESPACE|CAPABILITY|CHECK|CLOSE)\b[:.]? */;
/** `UID` before a command's name. Elsewhere `uid` is a word of the text. */
const UID_COMMAND = /\bUID (?=(?:FETCH|STORE|COPY|MOVE|SEARCH|EXPUNGE)\b)/g;
const LATIN_WORD = /[a-z0-9]+/g;
const ANY_WORD = /[\p{L}\p{N}]+/gu;
const NON_ASCII = /[^\x00-\x7f]/;
/** Characters of scripts that are written without spaces. Their wordings are looked for as parts of the text. */
const UNSPACED = /[\u3040-\u30ff\u3400-\u9fff]/;

/** A text as the wordings see it. */
export interface Words {
  readonly words: readonly string[];
  /** The text itself where it is Chinese or Japanese, else ''. */
  readonly unspaced: string;
}

/**
 * Lower-case words without accents, apostrophes and punctuation. A part in quotes is a name or an address and no
 * wording, so it is left out unless nothing else is there.
 */
export function wordsOf(text: string): Words {
  const own = text.replace(ECHO, '');
  const low = bare((own.includes('UID ') ? own.replace(UID_COMMAND, '') : own).toLowerCase());
  const ascii = !NON_ASCII.test(low);
  const plain = ascii ? low : withoutAccents(low);
  const pattern = ascii ? LATIN_WORD : ANY_WORD;
  const words = split(plain.includes('"') ? plain.replace(QUOTED, ' ') : plain, pattern);
  return {
    words: words.length > 0 ? words : split(plain, pattern),
    unspaced: !ascii && UNSPACED.test(plain) ? plain : '',
  };
}

function bare(text: string): string {
  const timed = text.includes('(') ? text.replace(TIMING, '') : text;
  return timed.includes("'") || timed.includes('\u2019') ? timed.replace(/['\u2019]/g, '') : timed;
}

/** Removes accents from Latin letters only. In kana and Cyrillic such marks make other letters. */
function withoutAccents(text: string): string {
  return text
    .normalize('NFD')
    .replace(/([a-z])[\u0300-\u036f]+/g, '$1')
    .replaceAll('\u00df', 'ss')
    .normalize('NFC')
    .replaceAll('\u0451', '\u0435');
}

function split(text: string, pattern: RegExp): readonly string[] {
  const found = text.match(pattern) ?? [];
  return found.length > MOST_WORDS ? found.slice(0, MOST_WORDS) : found;
}

import { type Literal, type Response, ResponseReader } from '../../../../src/engine/imap/grammar/response-reader.js';

/** A response as plain data. */
export interface Plain {
  readonly text: string;
  readonly literals: readonly string[];
}

export const bytesOf = ({ slices }: Literal): string => Buffer.concat(slices as Buffer[]).toString('latin1');

/** The reading of these bytes, fed in chunks that end at these places. */
export function readAll(text: string, cuts: readonly number[] = []): Plain[] {
  const bytes = Buffer.from(text, 'latin1');
  const read: Plain[] = [];
  const reader = new ResponseReader((response) =>
    read.push({ text: response.text, literals: response.literals.map(bytesOf) }),
  );
  let from = 0;
  for (const to of [...cuts].sort((a, b) => a - b).filter((cut) => cut < bytes.length)) {
    reader.feed(bytes.subarray(from, to));
    from = to;
  }
  reader.feed(bytes.subarray(from));
  return read;
}

/** The one response that these bytes are. */
export function response(text: string): Response {
  let read: Response | null = null;
  const reader = new ResponseReader((each) => {
    read = each;
  });
  reader.feed(Buffer.from(`${text}\r\n`, 'latin1'));
  if (read === null) throw new Error(`no whole response: ${text}`);
  return read;
}

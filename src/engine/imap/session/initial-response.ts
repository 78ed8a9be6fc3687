/** The part of imapflow that sends a command; its types leave it out. */
export interface Executes {
  readonly capabilities: ReadonlyMap<string, unknown>;
  exec(command: string, attributes: readonly Attribute[], options?: object): Promise<unknown>;
}

interface Attribute {
  readonly type: string;
  readonly value: string;
  readonly sensitive?: true;
}

/** The parts of a login that SASL PLAIN needs. */
export interface PlainLogin {
  readonly user: string;
  readonly authzid: string | null;
  /** Called when the command is written, and not before. */
  password(): string;
}

/**
 * Lets AUTHENTICATE PLAIN carry its response on the command line where the server takes that (SASL-IR, RFC 4959).
 * imapflow would wait for a `+` first, which costs every login a round trip. If a server sends `+` all the same,
 * imapflow sends the response again. If a server takes the longer line for a mistake, it is asked in the long way.
 */
export function respondAtOnce(client: Executes, login: PlainLogin): void {
  const exec = client.exec.bind(client);
  client.exec = async (command, attributes, options) => {
    const isPlain = command === 'AUTHENTICATE' && attributes.length === 1 && attributes[0]?.value === 'PLAIN';
    if (!isPlain || !client.capabilities.has('SASL-IR')) return exec(command, attributes, options);
    const response = [login.authzid ?? '', login.user, login.password()].join('\0');
    const encoded = Buffer.from(response).toString('base64');
    try {
      return await exec(command, [...attributes, { type: 'ATOM', value: encoded, sensitive: true }], options);
    } catch (error) {
      if (!isMistake(error)) throw error;
      return exec(command, attributes, options);
    }
  };
}

function isMistake(error: unknown): boolean {
  return error instanceof Error && 'responseStatus' in error && error.responseStatus === 'BAD';
}

import type { TypedSide } from './services.js';

/** One side as it stands in the fields. The password is held in memory, for this form only. */
export interface SideFields extends Pick<TypedSide, 'password' | 'trust' | 'application'> {
  readonly user: string;
  /** A host; with `imap://` or `imaps://` in front where the port does not tell which. */
  readonly server: string;
  /** '': 993, or 143 where the server says `imap://`. */
  readonly port: string;
}

export const NO_FIELDS: SideFields = { user: '', server: '', port: '', password: '', trust: '', application: '' };

const PORTS = { imaps: '993', imap: '143' } as const;
/** `mail.example`, `[2001:db8::1]`, each with a port or without. */
const HOST_AND_PORT = /^(\[[^\]]*\]|[^:/]*)(?::(\d{1,5}))?\/?$/;

/**
 * A URL that was pasted into a field, or a server with its port, taken apart into the fields.
 *
 * @returns the same where nothing in them is to be taken apart
 */
export function takenApart(fields: SideFields): SideFields {
  for (const text of [fields.user, fields.server, fields.port]) {
    const [, name, rest = ''] = /^\s*(imaps?):\/\/(.*?)\s*$/i.exec(text) ?? [];
    // The scheme alone is what stands there after a URL with a port of its own was taken apart.
    if (name !== undefined && (text !== fields.server || /[@/]|:\d/.test(rest)))
      return fromUrl(fields, name.toLowerCase() === 'imap' ? 'imap' : 'imaps', rest) ?? fields;
  }
  const [, host, port] = HOST_AND_PORT.exec(fields.server.trim()) ?? [];
  return host !== undefined && host !== '' && port !== undefined ? { ...fields, server: host, port } : fields;
}

function fromUrl(fields: SideFields, scheme: keyof typeof PORTS, rest: string): SideFields | null {
  const at = rest.lastIndexOf('@');
  const [, host = '', port = PORTS[scheme]] = HOST_AND_PORT.exec(rest.slice(at + 1)) ?? [];
  if (host === '') return null;
  const other = scheme === 'imap' ? 'imaps' : 'imap';
  const isPlain = port === PORTS[scheme] || (scheme === 'imaps' && port !== PORTS[other]);
  const [user = '', ...password] = at < 0 ? [] : rest.slice(0, at).split(':');
  return {
    ...fields,
    // The field held nothing but the pasted URL.
    user: at < 0 && !/:\/\//.test(fields.user) ? fields.user : unescaped(user),
    server: isPlain ? host : `${scheme}://${host}`,
    port: isPlain && port === PORTS.imaps ? '' : port,
    // A URL that brings one would show it for as long as the form is open.
    password: password.length > 0 ? unescaped(password.join(':')) : fields.password,
  };
}

/** The URL that these fields are: `imaps` unless the port is 143 or the server says otherwise. */
export function urlOf(fields: SideFields): string {
  const { user, server, port } = fields;
  const [, said, host] = /^(imaps?):\/\/(.*)$/i.exec(server.trim()) ?? [null, null, server.trim()];
  if (host === undefined || host === '') return '';
  const scheme = said?.toLowerCase() ?? (port.trim() === PORTS.imap ? 'imap' : 'imaps');
  const usual = scheme === 'imap' ? PORTS.imap : PORTS.imaps;
  const number = port.trim() === '' ? usual : port.trim();
  const name = user.trim() === '' ? '' : `${escaped(user.trim())}@`;
  return `${scheme}://${name}${host}${number === usual ? '' : `:${number}`}`;
}

export function typedSide(fields: SideFields): TypedSide {
  const { password, trust, application } = fields;
  return { url: urlOf(fields), password, trust, application };
}

/** A colon would begin a password, and a `%` with two digits would be read as an escape. */
function escaped(user: string): string {
  return user.replace(/%(?=[0-9a-f]{2})/gi, '%25').replaceAll(':', '%3A');
}

function unescaped(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });
}

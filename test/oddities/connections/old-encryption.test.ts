import { expect, it } from 'vitest';
import { classifyError, classifyErrorText } from '../../../src/engine/responses/classify-error.js';
import { adviceText } from '../../../src/words/advice/advice-text.js';

const coded = (code: string, message: string) => Object.assign(new Error(message), { code });

it.each([
  coded(
    'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
    '80ECE2A5A27F0000:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:rec_layer_s3.c:1601:SSL alert number 70',
  ),
  coded('ERR_SSL_UNSUPPORTED_PROTOCOL', 'error:0A000102:SSL routines::unsupported protocol'),
  coded('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'error:0A000410:SSL routines::sslv3 alert handshake failure'),
  coded('ERR_SSL_DH_KEY_TOO_SMALL', 'error:0A00018A:SSL routines::dh key too small'),
  coded('EPROTO', 'write EPROTO 80ECE2A5A27F0000:error:0A000152:SSL routines::unsafe legacy renegotiation disabled'),
])('a server with old encryption is named as one, with the way through a tunnel: $message', (error) => {
  const verdict = classifyError({ error, command: 'connect', side: 'source' });
  expect(verdict).toMatchObject({ kind: 'auth', scope: 'endpoint', next: 'hold', rule: 'tls-too-old' });
  expect(adviceText(verdict.advice, 'x')).toMatch(/TLS \(1\.0 or 1\.1\).*stunnel.*--insecure-plaintext/);
  expect(classifyErrorText(error.message, 'source')).toMatchObject({ rule: 'tls-too-old' });
});

it('a port that speaks no TLS is none of them', () => {
  const error = coded('ERR_SSL_WRONG_VERSION_NUMBER', 'error:0A00010B:SSL routines::wrong version number');
  expect(classifyError({ error, command: 'connect', side: 'source' }).rule).toBe('tls-wrong-protocol');
});

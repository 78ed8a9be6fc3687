/**
 * A self-signed certificate for localhost, 127.0.0.1 and ::1, valid from 2020 to 2120, and its private key.
 *
 * FOR THE DEMO AND THE TESTS ONLY. The key is public by being here: it protects nothing, and no
 * program may be told to trust it outside a test. It is bundled because making one takes openssl.
 */
export interface Certificate {
  /** PEM. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
}

export const DEMO_CERTIFICATE: Certificate = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBxTCCAWugAwIBAgIBATAKBggqhkjOPQQDAjA6MRIwEAYDVQQDDAlsb2NhbGhv
c3QxJDAiBgNVBAoMG05pZ2h0ZmVycnkgZGVtbyAodGVzdCBvbmx5KTAgFw0yMDAx
MDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowOjESMBAGA1UEAwwJbG9jYWxob3N0
MSQwIgYDVQQKDBtOaWdodGZlcnJ5IGRlbW8gKHRlc3Qgb25seSkwWTATBgcqhkjO
PQIBBggqhkjOPQMBBwNCAAQ4pdO9qgE0v4UAjeM3ae8PfTuItxSIMJgE9Ta47xIw
pcQp4Aee3nMtIqAlqQpwramk42kNwZw++T4jfXjvNb/fo2AwXjAsBgNVHREEJTAj
gglsb2NhbGhvc3SHBH8AAAGHEAAAAAAAAAAAAAAAAAAAAAEwDwYDVR0TAQH/BAUw
AwEB/zAdBgNVHQ4EFgQUyJ3ENU/c+ofRXzu+KTk5L8LTMCAwCgYIKoZIzj0EAwID
SAAwRQIhALgmAIawZjgNxigUXjzryWzgv5/k9vt2pneNflhYoAh6AiBBL5v5UWyI
ULgLqR9ui3pJEJCyIyYMMH+j41VVdZK0uA==
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgdSF/INHVuaGtl7aS
R7Xnu84aechUorssVzLAZfY6Km6hRANCAAQ4pdO9qgE0v4UAjeM3ae8PfTuItxSI
MJgE9Ta47xIwpcQp4Aee3nMtIqAlqQpwramk42kNwZw++T4jfXjvNb/f
-----END PRIVATE KEY-----
`,
};

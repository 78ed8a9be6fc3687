export const granted = (token: string, more: object = {}) => ({
  status: 200,
  body: { access_token: token, token_type: 'Bearer', expires_in: 3600, ...more },
});
export const thrown = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

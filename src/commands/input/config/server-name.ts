/** A name that a plan or an option refers by to a server or an application of the configuration. */
export const SERVER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

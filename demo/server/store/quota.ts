import type { Account } from './account.js';

export interface Quota {
  /** Bytes of all messages together. */
  readonly storageBytes?: number;
  /** Count of all messages together. */
  readonly messages?: number;
}

export interface Usage {
  readonly bytes: number;
  readonly messages: number;
}

export function usageOf(account: Account): Usage {
  let bytes = 0;
  let messages = 0;
  for (const folder of account.ownFolders()) {
    bytes += folder.bytes;
    messages += folder.messages.length;
  }
  return { bytes, messages };
}

/** Whether what is added fits beside what is there. Sizes of lazy messages are taken only where a limit asks for them. */
export function fits(account: Account, added: Usage): boolean {
  const { storageBytes, messages } = account.quota;
  if (storageBytes === undefined && messages === undefined) return true;
  const used = usageOf(account);
  return (
    used.bytes + added.bytes <= (storageBytes ?? Number.POSITIVE_INFINITY) &&
    used.messages + added.messages <= (messages ?? Number.POSITIVE_INFINITY)
  );
}

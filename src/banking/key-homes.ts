// Where the key of a new certificate may live, as a page offers it.
import type { Policy } from './policy.ts';

/** Whether policy allows a passkey: a home in the device, and a kind of key that passkeys have. */
export function mayBeOnDevice({ keyHomes, keyKinds }: Policy): boolean {
  return keyHomes.includes('device') && keyKinds.some((kind) => kind !== 'p-384');
}

/** Whether policy allows a file or card. */
export function mayBeInFile({ keyHomes }: Policy): boolean {
  return keyHomes.includes('file');
}

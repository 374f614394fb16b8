// Logging as a parameter. Not an implementation: `start.ts` passes one that writes JSON lines.

type Fields = Readonly<Record<string, unknown>>;

/** Structured log; fields never hold a PIN, key, one-time code or PKCS#12 password. */
export type Log = {
  readonly info: (fields: Fields, message: string) => void;
  readonly warn: (fields: Fields, message: string) => void;
  readonly error: (fields: Fields, message: string) => void;
};

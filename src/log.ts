// Logging as a parameter, and errors as fields of it. Not an implementation: `start.ts` passes one that
// writes JSON lines.

type Fields = Readonly<Record<string, unknown>>;

/** Structured log; fields never hold a PIN, key, one-time code or PKCS#12 password. */
export type Log = {
  readonly info: (fields: Fields, message: string) => void;
  readonly warn: (fields: Fields, message: string) => void;
  readonly error: (fields: Fields, message: string) => void;
};

const DEEPEST_CAUSE = 5;

/** An error as a field of a line; its own properties beside these may hold anything, secrets too. */
export function describeError(error: unknown, depth = 0): Fields {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, cause } = error;
  const isNested = cause !== undefined && depth < DEEPEST_CAUSE;
  return {
    name,
    message,
    ...('code' in error && { code: String(error.code) }),
    stack,
    ...(error instanceof AggregateError && { errors: error.errors.map(String) }),
    ...(isNested && { cause: describeError(cause, depth + 1) }),
  };
}

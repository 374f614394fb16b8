// Faults of the surroundings, in an engineer's words.

/** What an engineer can mend is said in their words, by the system's code of the fault. */
export async function told<T>(
  work: Promise<T>,
  messages: Readonly<Record<string, string>>,
): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const message = messages[code];
    if (message === undefined) throw cause;
    throw new Error(message, { cause });
  }
}

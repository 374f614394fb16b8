// What the first process and its serving processes say to each other, over node:cluster's channel.
// Each side checks what it reads: the channel carries node's own messages as well.

/** From the first process: what to serve, or to stop. */
export type ToServing<Order> =
  | { readonly kind: 'serve'; readonly order: Order }
  | { readonly kind: 'stop' };

/** From a serving process: it serves, or cannot and why, in words for the engineer. */
export type FromServing =
  | { readonly kind: 'serving' }
  | { readonly kind: 'failed'; readonly message: string };

/** Reads a message of a serving process; undefined for one that is not ours. */
export function readFromServing(message: unknown): FromServing | undefined {
  const kind = fieldOf(message, 'kind');
  if (kind === 'serving') return { kind };
  const text = fieldOf(message, 'message');
  return kind === 'failed' && typeof text === 'string' ? { kind, message: text } : undefined;
}

/** Reads a message of the first process; undefined for one that is not ours. */
export function readToServing<Order>(message: unknown): ToServing<Order> | undefined {
  const kind = fieldOf(message, 'kind');
  if (kind === 'stop') return { kind };
  return kind === 'serve' ? { kind, order: fieldOf(message, 'order') as Order } : undefined;
}

function fieldOf(message: unknown, name: string): unknown {
  return typeof message === 'object' && message !== null ? Reflect.get(message, name) : undefined;
}

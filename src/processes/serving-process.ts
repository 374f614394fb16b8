// The side of one serving process: what it is told by the first one, and what it answers.
// Not what it serves: that is the caller's.
import cluster from 'node:cluster';
import { type FromServing, readToServing } from './messages.ts';

/** Whether this process was started to serve for another one. */
export function isServingProcess(): boolean {
  return cluster.isWorker;
}

/** What the first process asks of this one. */
export type Asked<Order> = {
  /** `stop` where there is nothing to serve any more. */
  readonly order: Promise<Order | 'stop'>;
  readonly stopped: Promise<void>;
};

/**
 * Listens to the first process, and to it alone: a terminal sends its signals to all of them, and
 * the first one passes them on in order. Where the first one is gone, node ends this process.
 */
export function listenToFirst<Order>(): Asked<Order> {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
  const order = Promise.withResolvers<Order | 'stop'>();
  const stopped = Promise.withResolvers<void>();
  process.on('message', (message: unknown) => {
    const read = readToServing<Order>(message);
    if (read?.kind === 'serve') order.resolve(read.order);
    if (read?.kind !== 'stop') return;
    stopped.resolve();
    order.resolve('stop');
  });
  return { order: order.promise, stopped: stopped.promise };
}

/** Tells the first process, and waits until it is said. */
export async function tellFirst(message: FromServing): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  if (process.send === undefined) throw new Error('this process serves for no other');
  process.send(message, undefined, {}, (error) => (error ? reject(error) : resolve()));
  await promise;
}

/** Leaves the first process; this one then ends. */
export function leaveFirst(): void {
  process.disconnect?.();
}

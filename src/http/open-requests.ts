// Bounds what one connection may have open: how many requests, and how long their answers may lie unread.
// It knows no routes: the server calls it for every request before anything else sees it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

type Answer = ServerResponse<IncomingMessage>;

/** What each connection has open, oldest first. */
const openAnswers = new WeakMap<Socket, Set<Answer>>();

// No browser sends a request before the last one is answered; one more may overlap with the end of an answer.
const REQUESTS_AT_ONCE = 4;

/** Counts a request; false, and the connection is ended, where it has too many open. */
export function openRequest(answer: Answer, readMilliseconds: number): boolean {
  const { socket } = answer.req;
  const open = openAnswers.get(socket) ?? new Set();
  // The rest of what a connection had sent in one piece before it was ended is still parsed.
  if (socket.destroyed || open.size >= REQUESTS_AT_ONCE) {
    socket.destroy();
    // Node would end it later with an error, whose stack costs more than the request itself.
    answer.req.destroy();
    return false;
  }
  openAnswers.set(socket, open.add(answer));
  answer.once('close', () => open.delete(answer));
  // All of the answer is written; now the client has to take it.
  answer.once('prefinish', () => {
    const timer = setTimeout(() => socket.destroy(), readMilliseconds).unref();
    answer.once('close', () => clearTimeout(timer));
  });
  return true;
}

/** The youngest answer that a connection still waits for, of a request that was read to its end. */
export function answerDue(socket: Socket): Answer | undefined {
  return [...(openAnswers.get(socket) ?? [])].findLast(({ req }) => req.complete);
}

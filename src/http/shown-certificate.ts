// The certificate that a connection showed in its own handshake, as bytes, without what came above it.
// Not a check: possession of its key is all that TLS proved.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** DER of what was shown; the same object for every request of a connection. */
export type ShownCertificate = { readonly leaf: Uint8Array };

const shownOn = new WeakMap<Socket, ShownCertificate | 'none'>();

/** What this connection showed; nothing where the handshake carried no certificate or resumed an old one. */
export function shownCertificate(socket: Socket): ShownCertificate | undefined {
  let shown = shownOn.get(socket);
  if (shown === undefined) {
    shown = readShown(socket) ?? 'none';
    shownOn.set(socket, shown);
  }
  return shown === 'none' ? undefined : shown;
}

function readShown(socket: Socket): ShownCertificate | undefined {
  if (!(socket instanceof TLSSocket)) throw new TypeError('not a TLS connection');
  if (socket.isSessionReused()) return undefined;
  const leaf = socket.getPeerX509Certificate();
  return leaf && { leaf: leaf.raw };
}

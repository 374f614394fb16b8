// The certificate that a connection showed in its own handshake, as bytes.
// Not a check: possession of its key is all that TLS proved.
import type { X509Certificate } from 'node:crypto';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** DER of what was shown; `chain` holds what came above the leaf, as hints that prove nothing. */
export type ShownCertificate = {
  readonly leaf: Uint8Array;
  readonly chain: readonly Uint8Array[];
};

const MAX_CHAIN = 8;

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
  if (leaf === undefined) return undefined;
  const chain: Uint8Array[] = [];
  let above: X509Certificate | undefined = leaf.issuerCertificate;
  while (above !== undefined && chain.length < MAX_CHAIN) {
    chain.push(above.raw);
    above = above.issuerCertificate;
  }
  return { leaf: leaf.raw, chain };
}

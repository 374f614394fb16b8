// A passkey in software, for everything that a device could send, right or wrong. It makes its own CBOR and
// authenticator data, as a second opinion on what the server reads. No test itself.
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** The kinds of key that passkeys have here. */
export type PasskeyKind = 'ES256' | 'RS256';

/** What the server wants signed, as its answers say. */
export type Wanted = { readonly challenge: string; readonly domain: string };

/** What a device may say wrongly. */
export type Twist = {
  readonly origin?: string;
  readonly domain?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly crossOrigin?: boolean;
  /** Bits of the flags to set and to clear; UP is 1, UV 4, BE 8, BS 16. */
  readonly set?: number;
  readonly clear?: number;
  readonly counter?: number;
  readonly handle?: string;
  readonly format?: string;
  /** Another signature than its own, base64url. */
  readonly signature?: string;
  /** Another public key than its own, as COSE parameters. */
  readonly cose?: ReadonlyMap<number, number | Uint8Array>;
};

/** How a device keeps a passkey, where it differs from Windows Hello. */
export type PasskeyChoice = {
  /** Whether its maker copies it to other devices. */
  readonly isSynced?: boolean;
  readonly counts?: boolean;
  readonly idOctets?: number;
};

type Fields = Readonly<Record<string, string>>;

const UP = 0x01;
const UV = 0x04;
const BE = 0x08;
const BS = 0x10;
const AT = 0x40;

/** One passkey of one domain. */
export class SoftwarePasskey {
  readonly id: Buffer;
  readonly kind: PasskeyKind;
  counter = 1;
  handle = '';
  readonly #isSynced: boolean;
  readonly #counts: boolean;
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;

  constructor(kind: PasskeyKind = 'ES256', choice: PasskeyChoice = {}) {
    this.kind = kind;
    this.id = randomBytes(choice.idOctets ?? 32);
    this.#isSynced = choice.isSynced ?? false;
    this.#counts = choice.counts ?? true;
    const pair =
      kind === 'ES256'
        ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
        : generateKeyPairSync('rsa', { modulusLength: 2048 });
    this.#privateKey = pair.privateKey;
    this.#publicKey = pair.publicKey;
  }

  /** What never leaves a device, for tests that look for it elsewhere. */
  get privateKeyPem(): string {
    return this.#privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  /** What a browser sends of it when it was just made. */
  registration(
    wanted: Wanted & { readonly handle?: string },
    origin: string,
    twist: Twist = {},
  ): Fields {
    this.handle = wanted.handle ?? '';
    const data = this.#authenticatorData(wanted, AT, twist);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const cose = twist.cose === undefined ? this.#cose() : cbor(new Map(twist.cose));
    const authData = Buffer.concat([data, Buffer.alloc(16), length, this.id, cose]);
    const attestation = cbor(
      new Map<string, Value>([
        ['fmt', twist.format ?? 'none'],
        ['attStmt', new Map()],
        ['authData', authData],
      ]),
    );
    return {
      'client-data': clientData('webauthn.create', wanted, origin, twist),
      'attestation-object': attestation.toString('base64url'),
    };
  }

  /** What a browser sends when it has signed; each time its counter goes on. */
  assertion(wanted: Wanted, origin: string, twist: Twist = {}): Fields {
    this.counter += 1;
    const data = this.#authenticatorData(wanted, 0, twist);
    const client = clientData('webauthn.get', wanted, origin, twist);
    const digest = createHash('sha256').update(Buffer.from(client, 'base64url')).digest();
    const signed = sign('sha256', Buffer.concat([data, digest]), this.#privateKey);
    return {
      'credential-id': this.id.toString('base64url'),
      'client-data': client,
      'authenticator-data': data.toString('base64url'),
      signature: twist.signature ?? signed.toString('base64url'),
      'user-handle': twist.handle ?? this.handle,
    };
  }

  #authenticatorData(wanted: Wanted, flags: number, twist: Twist): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(twist.counter ?? (this.#counts ? this.counter : 0));
    const usual = UP | UV | flags | (this.#isSynced ? BE | BS : 0);
    const said = (usual | (twist.set ?? 0)) & ~(twist.clear ?? 0);
    const domain = createHash('sha256')
      .update(twist.domain ?? wanted.domain)
      .digest();
    return Buffer.concat([domain, Buffer.of(said), counter]);
  }

  #cose(): Buffer {
    const { x, y, n, e } = this.#publicKey.export({ format: 'jwk' });
    const octets = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
    const parameters: [number, Value][] =
      this.kind === 'ES256'
        ? [
            [1, 2],
            [3, -7],
            [-1, 1],
            [-2, octets(x)],
            [-3, octets(y)],
          ]
        : [
            [1, 3],
            [3, -257],
            [-1, octets(n)],
            [-2, octets(e)],
          ];
    return cbor(new Map(parameters));
  }
}

function clientData(type: string, wanted: Wanted, origin: string, twist: Twist): string {
  const said = {
    type: twist.type ?? type,
    challenge: twist.challenge ?? wanted.challenge,
    origin: twist.origin ?? origin,
    crossOrigin: twist.crossOrigin ?? false,
  };
  return Buffer.from(JSON.stringify(said)).toString('base64url');
}

type Value = number | string | Uint8Array | Map<string | number, Value>;

/** RFC 8949 §3: integers, octets, text and maps, in the shortest form. */
function cbor(value: Value): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') {
    const text = Buffer.from(value);
    return Buffer.concat([head(3, text.length), text]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, one]) => [cbor(key), cbor(one)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

function head(major: number, count: number): Buffer {
  const first = major << 5;
  if (count < 24) return Buffer.of(first | count);
  if (count < 0x100) return Buffer.of(first | 24, count);
  return Buffer.of(first | 25, count >> 8, count & 0xff);
}

// Writes a key with its certificates as a PKCS#12 file (RFC 7292) that a person takes to another program.
// Not here: whether key and certificate belong together; the caller has seen to that.
import {
  type DerNode,
  encodeDer,
  explicit,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  primitive,
  sequence,
  setOf,
} from '../asn1/der-writer.ts';
import { OID } from '../asn1/known-object-identifiers.ts';
import { BMP_STRING, contextPrimitive } from '../asn1/tag.ts';
import {
  type Encrypted,
  type Encryption,
  encryptByPbes2,
  encryptByTripleDes,
  randomOctets,
  SALT_OCTETS,
} from './pkcs12-encryption.ts';
import { deriveByPkcs12, PURPOSE } from './pkcs12-key-derivation.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';
import { utf16Octets, utf16Password } from './pkcs12-password.ts';

/** *standard* for programs of today; *compatible* for macOS's keychain and Windows Server 2016. */
export type Pkcs12Variant = 'standard' | 'compatible';

/** What goes into a file; keys and certificates are DER. */
export type Pkcs12Contents = {
  readonly privateKeyPkcs8: Uint8Array;
  /** The certificate of the key. */
  readonly certificate: Uint8Array;
  /** The certificates above it, issuer first. */
  readonly chain: readonly Uint8Array[];
  /** What programs show; any text but none. */
  readonly friendlyName: string;
  /** Any text but none; keytool takes only ASCII. */
  readonly password: string;
  readonly variant: Pkcs12Variant;
};

type Protection = {
  readonly encrypt: (encryption: Encryption) => Promise<Encrypted>;
  readonly hash: 'SHA-1' | 'SHA-256';
  readonly digestOid: string;
  readonly digestOctets: number;
  /** The same for MAC and encryption, so that neither is the easier one to guess at. */
  readonly iterations: number;
};

// Iterations: a file takes a fraction of a second to make and to open even on a slow PC, and .NET, which adds up
// those of key, certificates and MAC, refuses more than 600,000. What protects the file is its generated password.
const PROTECTIONS: Readonly<Record<Pkcs12Variant, Protection>> = {
  standard: {
    encrypt: encryptByPbes2,
    hash: 'SHA-256',
    digestOid: OID.sha256,
    digestOctets: 32,
    iterations: 50_000,
  },
  compatible: {
    encrypt: encryptByTripleDes,
    hash: 'SHA-1',
    digestOid: PKCS12_OID.sha1,
    digestOctets: 20,
    iterations: 10_000,
  },
};

/** Without this attribute Windows puts the key where RSA-PSS, and so TLS 1.3, is out of its reach. */
const WINDOWS_KEY_STORE = 'Microsoft Software Key Storage Provider';

/** The name of a bag's encrypted contents: `[0] IMPLICIT OCTET STRING`. */
const ENCRYPTED_CONTENT = contextPrimitive(0);

/** Writes the file; throws RangeError where name or password is empty or no text. */
export async function makePkcs12(contents: Pkcs12Contents): Promise<Uint8Array> {
  checkText(contents.friendlyName, 'friendlyName');
  checkText(contents.password, 'password');
  const protection = PROTECTIONS[contents.variant];
  const localKeyId = await crypto.subtle.digest('SHA-1', new Uint8Array(contents.certificate));
  const identity = [
    attribute(PKCS12_OID.friendlyName, bmpString(contents.friendlyName)),
    attribute(PKCS12_OID.localKeyId, octetString(new Uint8Array(localKeyId))),
  ];
  const certificates = encodeDer(
    sequence(
      certificateBag(contents.certificate, identity),
      ...contents.chain.map((certificate) => certificateBag(certificate, [])),
    ),
  );
  const authenticatedSafe = encodeDer(
    sequence(
      await encryptedContents(certificates, contents.password, protection),
      dataContents(encodeDer(sequence(await keyBag(contents, identity, protection)))),
    ),
  );
  return encodeDer(
    // RFC 7292 §4: version is v3(3).
    sequence(
      integer(3),
      dataContents(authenticatedSafe),
      await macOf(authenticatedSafe, contents.password, protection),
    ),
  );
}

function checkText(text: string, what: string): void {
  // macOS refuses an empty password; a lone surrogate has no UTF-8, and so no one password.
  if (text === '' || !text.isWellFormed() || text.includes('\0')) {
    throw new RangeError(`${what} is empty or not text`);
  }
}

/** RFC 7292 §4.2.2. */
async function keyBag(
  { privateKeyPkcs8, password }: Pkcs12Contents,
  identity: readonly DerNode[],
  { encrypt, iterations }: Protection,
): Promise<DerNode> {
  const { algorithm, octets } = await encrypt({ text: privateKeyPkcs8, password, iterations });
  const encryptedKey = sequence(algorithm, octetString(octets));
  const keyStore = attribute(PKCS12_OID.microsoftProviderName, bmpString(WINDOWS_KEY_STORE));
  return bag(PKCS12_OID.pkcs8ShroudedKeyBag, encryptedKey, [...identity, keyStore]);
}

/** RFC 7292 §4.2.3. */
function certificateBag(certificate: Uint8Array, attributes: readonly DerNode[]): DerNode {
  const value = sequence(
    objectIdentifier(PKCS12_OID.x509Certificate),
    explicit(0, octetString(certificate)),
  );
  return bag(PKCS12_OID.certBag, value, attributes);
}

/** RFC 7292 §4.2: SafeBag; no attributes are absent, not empty. */
function bag(type: string, value: DerNode, attributes: readonly DerNode[]): DerNode {
  return sequence(
    objectIdentifier(type),
    explicit(0, value),
    attributes.length === 0 ? undefined : setOf(attributes),
  );
}

function attribute(type: string, value: DerNode): DerNode {
  return sequence(objectIdentifier(type), setOf([value]));
}

function bmpString(text: string): DerNode {
  return primitive(BMP_STRING, utf16Octets(text));
}

/** RFC 5652 §4: ContentInfo of octets as they are. */
function dataContents(octets: Uint8Array): DerNode {
  return sequence(objectIdentifier(PKCS12_OID.data), explicit(0, octetString(octets)));
}

/** RFC 5652 §8: ContentInfo of EncryptedData. */
async function encryptedContents(
  text: Uint8Array,
  password: string,
  { encrypt, iterations }: Protection,
): Promise<DerNode> {
  const { algorithm, octets } = await encrypt({ text, password, iterations });
  const encrypted = sequence(
    objectIdentifier(PKCS12_OID.data),
    algorithm,
    octetString(octets, ENCRYPTED_CONTENT),
  );
  return sequence(
    objectIdentifier(PKCS12_OID.encryptedData),
    explicit(0, sequence(integer(0), encrypted)),
  );
}

/** RFC 7292 §4: MacData; always there, since programs call a file without it a wrong password. */
async function macOf(
  authenticatedSafe: Uint8Array,
  password: string,
  { hash, digestOid, digestOctets, iterations }: Protection,
): Promise<DerNode> {
  const salt = randomOctets(SALT_OCTETS);
  const macKey = await deriveByPkcs12({
    hash,
    password: utf16Password(password),
    salt,
    iterations,
    purpose: PURPOSE.mac,
    octets: digestOctets,
  });
  const algorithm = { name: 'HMAC', hash };
  const key = await crypto.subtle.importKey('raw', macKey, algorithm, false, ['sign']);
  const mac = await crypto.subtle.sign('HMAC', key, new Uint8Array(authenticatedSafe));
  const digest = sequence(
    sequence(objectIdentifier(digestOid), nullValue()),
    octetString(new Uint8Array(mac)),
  );
  return sequence(digest, octetString(salt), integer(iterations));
}

// Reads PKCS#12 files (RFC 7292) as programs have written them, in DER or BER, and only with a MAC that is right.
// Not here: what keys and certificates mean, and whether they belong together.
import { DerReader } from '../asn1/der-reader.ts';
import {
  BMP_STRING,
  CONSTRUCTED,
  contextConstructed,
  contextPrimitive,
  OCTET_STRING,
  SEQUENCE,
  SET,
} from '../asn1/tag.ts';
import { Refusal } from '../errors.ts';
import { readAlgorithmIdentifier } from '../x509/signed.ts';
import { derFromBer } from './ber-to-der.ts';
import {
  type DigestKind,
  decrypt,
  type FilePassword,
  unsupported,
  type Work,
} from './pkcs12-decryption.ts';
import { isRightMac, type Pkcs12Mac, readMac } from './pkcs12-mac.ts';
import { PKCS12_OID } from './pkcs12-object-identifiers.ts';
import { utf8Password, utf16Password } from './pkcs12-password.ts';

/** What a bag holds, in DER, and how programs name and pair it. */
export type Pkcs12Item = {
  readonly der: Uint8Array;
  readonly friendlyName: string | undefined;
  readonly localKeyId: Uint8Array | undefined;
};

/** Keys as PKCS#8, and certificates, in the order of the file. */
export type Pkcs12 = {
  readonly keys: readonly Pkcs12Item[];
  readonly certificates: readonly Pkcs12Item[];
};

/** How to open a file. */
export type Pkcs12Opening = {
  /** Empty for none. */
  readonly password: string;
  /** Less work than the reader would do. */
  readonly limits?: WorkLimits;
};

/** Most digests of each kind that all derivations of a file may ask for together. */
export type WorkLimits = Readonly<Record<DigestKind, number>>;

const MAX_OCTETS = 262_144;
/**
 * Firefox asks for 600,000 of the first, without a password twice, and for 1,200,000 of the second.
 * A digest of the first takes some microseconds, of the second a quarter of one: more than some
 * seconds are an attack or a mistake.
 */
const WORK_LIMITS: WorkLimits = { pkcs12: 1_250_000, pbkdf2: 2_000_000 };
/** One for the MAC, one for each key and each part; every one costs, however few its iterations. */
const MAX_DERIVATIONS = 64;
const FILE = 'PKCS#12 file';

type Opened = { readonly password: FilePassword; readonly work: Work };

/**
 * Reads a file. Refuses `unprotected-file` without a MAC, `wrong-file-password`, `unsupported-algorithm`,
 * `too-large` where it asks for too much work, and `malformed`.
 */
export async function readPkcs12(file: Uint8Array, opening: Pkcs12Opening): Promise<Pkcs12> {
  const { contents, mac } = readFrame(file);
  const work = limitedWork(opening.limits ?? WORK_LIMITS);
  const password = await findPassword({ contents, mac }, opening.password, work);
  const items: ReadItems = { keys: [], certificates: [] };
  for (const safe of await readSafes(contents, { password, work })) {
    await readBags(safe, items, { password, work });
  }
  return items;
}

function readFrame(file: Uint8Array): { contents: Uint8Array; mac: Pkcs12Mac } {
  if (file.length > MAX_OCTETS)
    throw new Refusal('too-large', `${FILE}: over ${MAX_OCTETS} octets`);
  const r = readerOf(file, FILE);
  const outer = r.enter(SEQUENCE);
  // RFC 7292 §4: version is v3(3).
  if (r.smallInteger() !== 3) r.refuse('version is not 3');
  const inContents = r.enter(SEQUENCE);
  const type = r.objectIdentifier();
  if (type !== PKCS12_OID.data) throw unsupported('contents of type', type);
  const contents = readData(r);
  r.leave(inContents);
  if (r.atEnd()) throw new Refusal('unprotected-file', `${FILE}: has no MAC`);
  const mac = readMac(r);
  r.leave(outer);
  return { contents, mac };
}

/** No password has two forms in use: no octets at all, and the two of the terminator. */
async function findPassword(
  { contents, mac }: { readonly contents: Uint8Array; readonly mac: Pkcs12Mac },
  text: string,
  work: Work,
): Promise<FilePassword> {
  const utf8 = utf8Password(text);
  const forms = [utf16Password(text), ...(text === '' ? [new Uint8Array(0)] : [])];
  for (const utf16 of forms) {
    const password = { utf8, utf16 };
    if (await isRightMac(mac, contents, { password, work })) return password;
  }
  throw new Refusal('wrong-file-password', `${FILE}: MAC is not that of the password`);
}

/** RFC 7292 §4.1: the contents of each part, decrypted. */
async function readSafes(contents: Uint8Array, opened: Opened): Promise<Uint8Array[]> {
  const r = readerOf(contents, 'authenticated safe');
  const outer = r.enter(SEQUENCE);
  const safes: Uint8Array[] = [];
  while (!r.atEnd()) {
    const inPart = r.enter(SEQUENCE);
    const type = r.objectIdentifier();
    if (type === PKCS12_OID.data) safes.push(readData(r));
    else if (type === PKCS12_OID.encryptedData) safes.push(await readEncryptedData(r, opened));
    else throw unsupported('contents of type', type);
    r.leave(inPart);
  }
  r.leave(outer);
  return safes;
}

function readData(r: DerReader): Uint8Array {
  const outer = r.enter(contextConstructed(0));
  const octets = r.contents(OCTET_STRING);
  r.leave(outer);
  return octets;
}

/** RFC 5652 §8. */
async function readEncryptedData(r: DerReader, { password, work }: Opened): Promise<Uint8Array> {
  const outer = r.enter(contextConstructed(0));
  const inData = r.enter(SEQUENCE);
  const version = r.smallInteger();
  if (version !== 0) r.refuse('version of encrypted data is not 0');
  const inContent = r.enter(SEQUENCE);
  const type = r.objectIdentifier();
  if (type !== PKCS12_OID.data) throw unsupported('encrypted contents of type', type);
  const algorithm = readAlgorithmIdentifier(r);
  const text = readEncryptedContent(r);
  r.leave(inContent);
  r.leave(inData);
  r.leave(outer);
  return await decrypt({ algorithm, text }, password, work);
}

/** `[0] IMPLICIT OCTET STRING`: in BER it may come in pieces. */
function readEncryptedContent(r: DerReader): Uint8Array {
  if (!r.isNext(contextConstructed(0))) return r.contents(contextPrimitive(0));
  const pieces = new Uint8Array(r.element());
  pieces[0] = OCTET_STRING | CONSTRUCTED;
  const joined = new DerReader(derFromBer(pieces, FILE), FILE, MAX_OCTETS);
  return joined.contents(OCTET_STRING);
}

type ReadItems = { readonly keys: Pkcs12Item[]; readonly certificates: Pkcs12Item[] };

/** RFC 7292 §4.2: SafeContents; kinds of bags that Koshin has no use for are passed over. */
async function readBags(safe: Uint8Array, items: ReadItems, opened: Opened): Promise<void> {
  const r = readerOf(safe, 'safe contents');
  const outer = r.enter(SEQUENCE);
  while (!r.atEnd()) {
    const inBag = r.enter(SEQUENCE);
    const type = r.objectIdentifier();
    const inValue = r.enter(contextConstructed(0));
    const found = await readBagValue(type, r, opened);
    r.leave(inValue);
    const attributes = readAttributes(r);
    r.leave(inBag);
    if (found !== undefined) items[found.list].push({ der: found.der, ...attributes });
  }
  r.leave(outer);
}

type Found = { readonly list: keyof ReadItems; readonly der: Uint8Array };

async function readBagValue(
  type: string,
  r: DerReader,
  { password, work }: Opened,
): Promise<Found | undefined> {
  switch (type) {
    case PKCS12_OID.keyBag:
      return { list: 'keys', der: r.element() };
    case PKCS12_OID.pkcs8ShroudedKeyBag: {
      const inKey = r.enter(SEQUENCE);
      const algorithm = readAlgorithmIdentifier(r);
      const text = r.contents(OCTET_STRING);
      r.leave(inKey);
      return { list: 'keys', der: await decrypt({ algorithm, text }, password, work) };
    }
    case PKCS12_OID.certBag:
      return readCertificateBag(r);
    default:
      r.skip();
      return undefined;
  }
}

function readCertificateBag(r: DerReader): Found | undefined {
  const outer = r.enter(SEQUENCE);
  const type = r.objectIdentifier();
  const inValue = r.enter(contextConstructed(0));
  const isX509 = type === PKCS12_OID.x509Certificate;
  const der = isX509 ? r.contents(OCTET_STRING) : r.element();
  r.leave(inValue);
  r.leave(outer);
  return isX509 ? { list: 'certificates', der } : undefined;
}

function readAttributes(r: DerReader): Omit<Pkcs12Item, 'der'> {
  let friendlyName: string | undefined;
  let localKeyId: Uint8Array | undefined;
  if (r.atEnd()) return { friendlyName, localKeyId };
  const outer = r.enter(SET);
  while (!r.atEnd()) {
    const inAttribute = r.enter(SEQUENCE);
    const type = r.objectIdentifier();
    const inValues = r.enter(SET);
    if (type === PKCS12_OID.friendlyName && r.isNext(BMP_STRING)) friendlyName = readUtf16(r);
    else if (type === PKCS12_OID.localKeyId) localKeyId = r.contents(OCTET_STRING);
    while (!r.atEnd()) r.skip();
    r.leave(inValues);
    r.leave(inAttribute);
  }
  r.leave(outer);
  return { friendlyName, localKeyId };
}

/** We differ from X.680: programs write characters past the first plane as surrogate pairs. */
function readUtf16(r: DerReader): string {
  const octets = r.contents(BMP_STRING);
  if (octets.length % 2 !== 0) r.refuse('BMPString holds what it must not');
  let text = '';
  for (let i = 0; i < octets.length; i += 2) {
    text += String.fromCharCode(((octets[i] ?? 0) << 8) | (octets[i + 1] ?? 0));
  }
  return text;
}

function readerOf(ber: Uint8Array, what: string): DerReader {
  return new DerReader(derFromBer(ber, what), what, MAX_OCTETS);
}

function limitedWork(limits: WorkLimits): Work {
  const spent = { pkcs12: 0, pbkdf2: 0 };
  let derivations = 0;
  return {
    spend: (kind, digests) => {
      spent[kind] += digests;
      derivations += 1;
      if (derivations > MAX_DERIVATIONS)
        throw new Refusal('too-large', `${FILE}: derives over ${MAX_DERIVATIONS} keys`);
      if (spent[kind] > limits[kind])
        throw new Refusal('too-large', `${FILE}: asks for over ${limits[kind]} digests`);
    },
  };
}

// What other programs say of objects that were generated: openssl and GnuTLS of a seeded sample
// (all of them by `node scripts/second-opinions.ts`), keytool and NSS of some with chosen values.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { encodePem } from '../../src/x509/pem.ts';
import { judgeAll } from '../generated/judge.ts';
import { dateSaid } from '../generated/values.ts';
import { ISSUER, sampleCertificate, sampleRequest } from '../sample-certificate.ts';
import { sampleCrl } from '../sample-crl.ts';
import { sampleKey } from '../sample-keys.ts';
import { Folder, output, unlessInstalled } from './programs.ts';

const folder = new Folder();
after(() => folder[Symbol.dispose]());

/** Why a test is skipped: one of the programs is not on this machine. */
function unlessAll(...programs: readonly string[]): string | false {
  return programs.map(unlessInstalled).find((reason) => reason !== false) ?? false;
}

/** keytool in English and in Greenwich time. */
function keytool(...args: readonly string[]): string {
  return output('keytool', ['-J-Duser.language=en', '-J-Duser.timezone=UTC', ...args]);
}

/** What NSS's programs print, without the white space by which they lay it out. */
function nss(program: string, ...args: readonly string[]): string {
  return output(program, [...args, '-d', `sql:${folder.path}`]).replace(/\s+/g, '');
}

function fileOf(name: string, contents: Uint8Array | string): string {
  const file = folder.file(name);
  writeFileSync(file, contents);
  return file;
}

test('openssl and GnuTLS say of a sample of each kind what went in', {
  skip: unlessAll('openssl', 'certtool', 'ocsptool'),
}, async (context) => {
  const failures = await judgeAll(25, 1394, (line) => context.diagnostic(line));
  assert.deepEqual(failures, []);
});

const KEY = sampleKey('P-256');
const SERIALS = ['01', '7f', '0080', '009a', '00ff', '5a000102030405060708090a0b0c0d0e0f101112'];
const notBefore = new Date('2049-12-31T23:59:59Z');
const notAfter = new Date('2050-01-01T00:00:00Z');
const CERTIFICATES = SERIALS.map((serial) =>
  sampleCertificate(KEY, { serialNumber: Uint8Array.fromHex(serial), notBefore, notAfter }),
);
const ENTRIES = SERIALS.map((serial, i) => ({
  serial,
  at: (i % 2 === 0 ? notBefore : notAfter).toISOString(),
}));
const LIST = sampleCrl(KEY, ENTRIES, { extensions: [] });

/** The serial in hexadecimal, without the octet that only keeps it positive. */
const bare = (serial: string): string => (serial.startsWith('00') ? serial.slice(2) : serial);

test('keytool reads serials, dates and names as they went in', {
  skip: unlessAll('keytool'),
}, () => {
  const pem = CERTIFICATES.map((der) => encodePem(der, 'CERTIFICATE')).join('');
  const text = keytool('-printcert', '-file', fileOf('all.pem', pem));
  assert.deepEqual(
    [...text.matchAll(/^Serial number: (.*)$/gm)].map(([, serial]) => serial),
    SERIALS.map((serial) => bare(serial).replace(/^0/, '')),
  );
  const [from, until] = [dateSaid(notBefore).gnutls, dateSaid(notAfter).gnutls];
  assert.equal(text.split(`Valid from: ${from} until: ${until}\n`).length, SERIALS.length + 1);
  assert.ok(text.includes('Owner: CN=00012345678 suzuki01 1394 2027-12, O=みほん信用金庫\n'), text);

  const list = keytool('-printcrl', '-file', fileOf('list.crl', LIST));
  for (const { serial, at } of ENTRIES) {
    const octets = serial.replace(/..(?=.)/g, '$&:');
    const line = `SerialNumber: ${octets}  On: ${dateSaid(new Date(at)).gnutls}\n`;
    assert.ok(list.includes(line), `${line} in ${list}`);
  }
  const request = fileOf('request.pem', encodePem(sampleRequest(KEY), 'CERTIFICATE REQUEST'));
  const owner = keytool('-printcertreq', '-file', request);
  assert.ok(owner.includes('CN=00012345678 suzuki01 1394 2027-12, O=みほん信用金庫'), owner);
});

test('NSS reads serials and dates as they went in', {
  skip: unlessAll('certutil', 'crlutil'),
}, () => {
  nss('certutil', '-N', '--empty-password');
  for (const [i, der] of CERTIFICATES.entries()) {
    // All have one name, for which NSS has one nickname: each is looked at before the next comes.
    nss('certutil', '-A', '-n', 'one', '-t', ',,', '-i', fileOf(`${i}.cer`, der));
    const text = nss('certutil', '-L', '-n', 'one');
    assert.ok(text.includes(`${nssSerial(SERIALS[i] ?? '')}SignatureAlgorithm`), text);
    assert.ok(text.includes('NotBefore:FriDec3123:59:592049NotAfter:SatJan0100:00:002050'), text);
    nss('certutil', '-D', '-n', 'one');
  }
  const ca = sampleCertificate(KEY, { subjectDer: ISSUER.der });
  nss('certutil', '-A', '-n', 'ca', '-t', 'C,,', '-i', fileOf('ca.cer', ca));
  nss('crlutil', '-I', '-B', '-i', fileOf('list.crl', LIST));
  const list = nss('crlutil', '-L', '-n', 'ca');
  for (const [i, serial] of SERIALS.entries()) {
    const at = i % 2 === 0 ? 'FriDec3123:59:592049' : 'SatJan0100:00:002050';
    assert.ok(list.includes(`${nssSerial(serial)}RevocationDate:${at}`), list);
  }
});

/** Small ones as a number too, long ones as octets. */
function nssSerial(serial: string): string {
  const hex = bare(serial);
  if (hex.length <= 8) {
    const number = Number.parseInt(hex, 16);
    return `SerialNumber:${number}(0x${number.toString(16)})`;
  }
  return `SerialNumber:${hex.replace(/..(?=.)/g, '$&:')}`;
}

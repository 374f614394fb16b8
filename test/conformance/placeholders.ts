// Some blocks of parse-certificate have only a frame, with placeholders inside: real parts are
// put in their place, octet for octet what stands around them, so that the frame is judged.
import { DerReader } from '../../src/asn1/der-reader.ts';
import { constructed, encodeDer, raw, sequence } from '../../src/asn1/der-writer.ts';
import { contextConstructed, SEQUENCE } from '../../src/asn1/tag.ts';
import { encodeTbsCertificate } from '../../src/x509/certificate.ts';
import { assembleSigned } from '../../src/x509/signed.ts';
import { sampleFields } from '../sample-certificate.ts';
import { sampleKey } from '../sample-keys.ts';

/** A certificate whose content or algorithm is a placeholder (`NULL` inside), completed. */
export function completeCertificate(der: Uint8Array): Uint8Array {
  const parts = partsOf(der);
  const fields = sampleFields(sampleKey('P-256'));
  const replaced = parts.map((part, i) => {
    const hex = part.toHex();
    if (i === 0 && hex === '3006050030020500') return encodeTbsCertificate(fields);
    if (i === 0 && hex === '30020500') return encodeTbsCertificate(fields);
    return i > 0 && hex === '30020500' ? fields.signatureAlgorithmDer : part;
  });
  const isPlaceholder = replaced.some((part, i) => part !== parts[i]);
  return isPlaceholder ? encodeDer(sequence(...replaced.map(raw))) : der;
}

/** A TBS certificate, its placeholders (`OCTET STRING` inside) filled, as a certificate. */
export function completeTbs(tbsDer: Uint8Array): Uint8Array {
  const fields = sampleFields(sampleKey('P-256'));
  const fillers = [
    fields.signatureAlgorithmDer,
    fields.issuerDer,
    fields.subjectDer,
    fields.subjectPublicKeyInfoDer,
  ];
  const parts = partsOf(tbsDer).map((part) => {
    const hex = part.toHex();
    if (/^30030401..$/.test(hex)) return fillers.shift() ?? part;
    return /^a30530030401..$/.test(hex) ? realExtensions() : part;
  });
  const algorithm = parts.find((part) => part[0] === SEQUENCE) ?? fields.signatureAlgorithmDer;
  const complete = encodeDer(sequence(...parts.map(raw)));
  return assembleSigned(complete, algorithm, new Uint8Array(1));
}

function realExtensions(): Uint8Array {
  // One extension: the unknown 2.999.1, without a value.
  const list = Uint8Array.fromHex('3009300706038837010400');
  return encodeDer(constructed(contextConstructed(3), [raw(list)]));
}

/** The elements of a SEQUENCE; none for anything else. */
function partsOf(der: Uint8Array): Uint8Array[] {
  const r = new DerReader(der, 'block');
  if (!r.isNext(SEQUENCE)) return [];
  r.enter(SEQUENCE);
  const parts: Uint8Array[] = [];
  while (!r.atEnd()) parts.push(r.element());
  return parts;
}

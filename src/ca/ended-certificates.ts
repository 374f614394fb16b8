// What a CRL is ordered to name, kept as small as its encoded entries: there can be a million.
// No DER is written or read here; a finished CRL is held against this.
import type { CertificateState } from '../banking/certificate-life.ts';
import { SERIAL_OCTETS } from './serial-number.ts';

/** A state that a certificate ends in for ever. */
export type FinalState = Extract<CertificateState, 'superseded' | 'replaced' | 'revoked'>;

/** A certificate that has ended before its time. */
export type EndedCertificate = {
  readonly serial: Uint8Array;
  readonly state: FinalState;
  readonly endedAtMs: number;
};

/** Octets in place, `bytes[start, end)`. */
export type Span = { readonly bytes: Uint8Array; readonly start: number; readonly end: number };

/** Ended certificates in the order in which they were noted; a million need about 30 MiB. */
export class EndedCertificates {
  count = 0;
  readonly #parts: Part[] = [];

  /** Notes one; throws RangeError for a serial of more than 20 octets. */
  add({ serial, state, endedAtMs }: EndedCertificate): void {
    if (serial.length > SERIAL_OCTETS) throw new RangeError('a serial has at most 20 octets');
    const place = this.count % PART;
    if (place === 0) this.#parts.push(emptyPart());
    const part = this.#partOf(this.count);
    part.serials.set(serial, place * SERIAL_OCTETS);
    part.lengths[place] = serial.length;
    part.states[place] = STATES.indexOf(state);
    part.endedAtMs[place] = endedAtMs;
    this.count += 1;
  }

  /** Whether the serial of the one at this place is these octets. */
  hasSerial(index: number, { bytes, start, end }: Span): boolean {
    const { serials, lengths } = this.#partOf(index);
    const place = index % PART;
    if (end - start !== lengths[place]) return false;
    const offset = place * SERIAL_OCTETS - start;
    for (let i = start; i < end; i++) {
      if (bytes[i] !== serials[offset + i]) return false;
    }
    return true;
  }

  /** When the one at this place ended, in milliseconds since 1970. */
  endedAtMs(index: number): number {
    return this.#partOf(index).endedAtMs[index % PART] ?? Number.NaN;
  }

  /** What became of the one at this place. */
  state(index: number): FinalState {
    const state = STATES[this.#partOf(index).states[index % PART] ?? -1];
    if (state === undefined) throw new RangeError(`there is no ended certificate ${index}`);
    return state;
  }

  #partOf(index: number): Part {
    const part = this.#parts[Math.floor(index / PART)];
    if (part === undefined) throw new RangeError(`there is no ended certificate ${index}`);
    return part;
  }
}

const STATES = ['superseded', 'replaced', 'revoked'] as const satisfies readonly FinalState[];

/** So many are kept together; the last part is mostly not full. */
const PART = 4096;

type Part = {
  readonly serials: Uint8Array;
  readonly lengths: Uint8Array;
  readonly states: Uint8Array;
  readonly endedAtMs: Float64Array;
};

function emptyPart(): Part {
  return {
    serials: new Uint8Array(PART * SERIAL_OCTETS),
    lengths: new Uint8Array(PART),
    states: new Uint8Array(PART),
    endedAtMs: new Float64Array(PART),
  };
}

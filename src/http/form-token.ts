// The token hidden in each form: only a page of ours, made for this session or certificate, knows it.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from '../errors.ts';

/** What a token is bound to: a use, and what only its holder has, such as a session or a certificate's hash. */
export type FormTokenBinding = { readonly key: Uint8Array; readonly boundTo: readonly string[] };

const SLOT_MILLISECONDS = 60 * 60_000;

/** A token for a form; good for one to two hours. */
export function makeFormToken(binding: FormTokenBinding, now: Date): string {
  return tokenAt(binding, slotAt(now)).toString('base64url');
}

/** Refuses with `missing-token` unless the form's token was made for the same binding within its life. */
export function checkFormToken(token: string | undefined, binding: FormTokenBinding, now: Date) {
  const given = Buffer.from(token ?? '', 'base64url');
  const slot = slotAt(now);
  const isKnown = [slot, slot - 1].some((at) => {
    const wanted = tokenAt(binding, at);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
  if (!isKnown) throw new Refusal('missing-token', 'the form is too old or not from this page');
}

function slotAt(now: Date): number {
  return Math.floor(now.getTime() / SLOT_MILLISECONDS);
}

function tokenAt({ key, boundTo }: FormTokenBinding, slot: number): Buffer {
  const text = JSON.stringify(['koshin form token', boundTo, slot]);
  return createHmac('sha256', key).update(text).digest();
}

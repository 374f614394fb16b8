// The common name by which a person recognises a certificate in the browser's picker.
import type { Identity } from './identity.ts';
import { type TokyoDay, tokyoDayOf } from './tokyo-calendar.ts';

/** Contract ID, user ID, institution code and, where policy wants it, the month of the end. */
export function commonNameOf(identity: Identity, notAfter: Date, monthInName: boolean): string {
  const parts = [identity.contract, identity.user, identity.institution];
  return (monthInName ? [...parts, monthOf(tokyoDayOf(notAfter))] : parts).join(' ');
}

function monthOf(day: TokyoDay): string {
  return `${String(day.year).padStart(4, '0')}-${String(day.month).padStart(2, '0')}`;
}

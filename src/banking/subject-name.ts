// The common name by which a person recognises a certificate in the browser's picker.
import type { Identity } from './identity.ts';
import { tokyoDayOf } from './tokyo-calendar.ts';

/** Contract ID, user ID, institution code and, where policy wants it, the month of the end. */
export function commonNameOf(identity: Identity, notAfter: Date, monthInName: boolean): string {
  const name = `${identity.contract} ${identity.user} ${identity.institution}`;
  return monthInName ? `${name} ${endMonthOf(notAfter)}` : name;
}

/** The month in which a certificate ends, such as `2027-12`. */
export function endMonthOf(notAfter: Date): string {
  const { year, month } = tokyoDayOf(notAfter);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

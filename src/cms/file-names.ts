// What a person's PKCS#12 file and the certificate in it are called: bank, user and end.
// Not here: the subject name, which is what browsers list.

/** Whose certificate it is, as texts; `end` such as `2027-12`. */
export type Naming = {
  readonly institution: string;
  readonly user: string;
  readonly end: string;
};

/** A file name of this many characters is within every system's limits, also below a long folder. */
const MAX_PART = 40;

/** Controls, and characters that show nothing or turn the direction of what follows. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** What a file name may not hold on Windows, which forbids the most. */
const FORBIDDEN = /[<>:"/\\|?*]/g;

/** The friendlyName, such as `みほん信用金庫 suzuki01 2027-12`. */
export function friendlyNameOf({ institution, user, end }: Naming): string {
  return [institution, user, end].map(visible).join(' ');
}

/** The file name, such as `みほん信用金庫_suzuki01_2027-12.p12`; valid on Windows, macOS and Linux. */
export function fileNameOf({ institution, user, end }: Naming): string {
  return `${[institution, user, end].map(filePart).join('_')}.p12`;
}

function visible(text: string): string {
  return text.toWellFormed().normalize('NFC').replace(INVISIBLE, '').trim();
}

function filePart(text: string): string {
  const part = visible(text).replace(FORBIDDEN, '').replaceAll(/\s+/g, '-');
  // A leading dot hides a file; the file's own dot comes last, so those at an end may stay.
  return Array.from(part.replace(/^\.+/, '')).slice(0, MAX_PART).join('');
}

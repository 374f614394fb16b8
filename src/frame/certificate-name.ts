// How a certificate is shown: by the name the browser's picker shows, and by its end.
// Not a check: what is shown here may come from a certificate that was refused.
import type { KeyHome } from '../banking/user-certificate.ts';
import { type Html, html } from '../http/html.ts';
import { dateAndTime, until } from '../words/dates.ts';
import { CERTIFICATE, KEY_HOMES } from '../words/frame.ts';
import { inLanguage, type Language } from '../words/language.ts';

/** What a certificate says of itself. */
export type ShownCertificate = {
  /** Its common name, as the picker shows it. */
  readonly name: string;
  readonly issuer: string;
  readonly endsAt: Date;
  /** In hexadecimal; absent where it does not matter. */
  readonly serial?: string;
  /** Where its key lives; absent where the certificate is none of ours. */
  readonly home?: KeyHome;
};

/** The name with its parts kept whole where the line breaks. */
export function certificateName(name: string): Html {
  const parts = name.split(' ').map((part) => html`<span>${part}</span> `);
  return html`<bdi class="certificate-name" translate="no">${parts}</bdi>`;
}

/** Name, end and issuer as a list of facts; the start too where it is what matters. */
export function certificateFacts(
  certificate: ShownCertificate,
  language: Language,
  startsAt: Date | null = null,
): Html {
  const say = inLanguage(language);
  const starts =
    startsAt &&
    html`<div><dt>${say(CERTIFICATE.starts)}</dt><dd><time datetime="${startsAt.toISOString()}">${dateAndTime(startsAt, language)}</time></dd></div>`;
  return html`<dl class="facts">
<div><dt>${say(CERTIFICATE.name)}</dt><dd>${certificateName(certificate.name)}</dd></div>
${starts}<div><dt>${say(CERTIFICATE.ends)}</dt><dd>${endOf(certificate.endsAt, language)}</dd></div>
<div><dt>${say(CERTIFICATE.issuer)}</dt><dd><bdi>${certificate.issuer}</bdi></dd></div>
${serialFact(certificate.serial, language)}${homeFact(certificate.home, language)}</dl>`;
}

function serialFact(serial: string | undefined, language: Language): Html | null {
  if (serial === undefined) return null;
  return html`<div><dt>${inLanguage(language)(CERTIFICATE.serial)}</dt><dd class="serial" translate="no">${serial}</dd></div>
`;
}

/** Where the key lives, as one of the facts; nothing where that is not known. */
export function homeFact(home: KeyHome | undefined, language: Language): Html | null {
  if (home === undefined) return null;
  const say = inLanguage(language);
  return html`<div><dt>${say(CERTIFICATE.home)}</dt><dd>${say(KEY_HOMES[home])}</dd></div>
`;
}

/** The moment a certificate ends, for people and for machines. */
export function endOf(endsAt: Date, language: Language): Html {
  return html`<time datetime="${endsAt.toISOString()}">${until(endsAt, language)}</time>`;
}

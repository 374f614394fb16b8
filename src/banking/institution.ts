// A bank on this installation: its code, names and host names. Not its policy, which has versions.

/** The bank's help desk, as it is printed. */
export type Contact = { readonly desk: string; readonly phone: string; readonly hours: string };

/**
 * Whose people an institution holds: customers of a bank, or the staff of all banks of this installation, of
 * which there is one (the staff house).
 */
export type InstitutionKind = 'bank' | 'staff';

/** A financial institution (金融機関), or the house of the banks' staff. */
export type Institution = {
  /** Four digits. */
  readonly code: string;
  readonly kind: InstitutionKind;
  readonly name: string;
  readonly nameEnglish: string;
  /** Host that asks for no certificate, e.g. `mihon.localhost`. */
  readonly publicHost: string;
  /** Members' hosts are `<label>.` under this, e.g. `login.mihon.localhost`. */
  readonly membersDomain: string;
  /** Domain to which passkeys belong: the login host, or a domain above it, e.g. `mihon.localhost`. */
  readonly passkeyDomain: string;
  /** Where CRLs, OCSP and CA certificates are published, e.g. `http://mihon.localhost:8080`. */
  readonly publicationBase: string;
  /** Dotted identifier of the policy under which certificates are issued. */
  readonly certificatePolicy: string;
  readonly contact: { readonly ja: Contact; readonly en: Contact };
};

/**
 * The certificate policy of an institution that has no identifiers of its own, of the arc for examples
 * (X.660): it says nothing to anybody.
 */
export const EXAMPLE_CERTIFICATE_POLICY = '2.999.1394.1';

/** The passkey domain of an institution that names none: the public host where logins lie below it. */
export function defaultPasskeyDomain(publicHost: string, membersDomain: string): string {
  return isWithin(membersDomain, publicHost) ? publicHost : membersDomain;
}

/** Whether a host is a domain or lies below it. */
export function isWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

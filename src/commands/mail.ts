// What `koshin mail` prints.

/** What came of noting that a mail came back. */
export function bouncedText(named: string, people: number): string {
  if (people === 0) return `${named}: nobody has that address, or it was marked before`;
  return `${named}: marked for ${people} ${people === 1 ? 'person' : 'people'}`;
}

/** That an address was entered, or taken away. */
export function addressText(user: string, address: string | undefined): string {
  return address === undefined
    ? `${user} is not written to any more`
    : `${user} is written to at ${address}`;
}

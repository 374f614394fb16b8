// What `koshin mail` prints.

/** What came of noting that a mail came back. */
export function bouncedText(named: string, people: number): string {
  if (people === 0) return `${named}: nobody has that address, or it was marked before`;
  return `${named}: marked for ${people} ${people === 1 ? 'person' : 'people'}`;
}

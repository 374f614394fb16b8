// What differs between facts as they were seen and as they are to be.

/** Facts by their names; null where one is not known. */
type Facts<Name extends string> = Readonly<Record<Name, string | null>>;

/** The names of what differs. */
export function changedIn<Name extends string>(
  names: readonly Name[],
  from: Facts<Name>,
  to: Facts<Name>,
): readonly Name[] {
  return names.filter((name) => from[name] !== to[name]);
}

/** What differs, each as it is now and as it was before; null for nothing. */
export function recordedChange<Name extends string>(
  names: readonly Name[],
  from: Facts<Name>,
  to: Facts<Name>,
): Readonly<Record<string, string | null>> {
  return Object.fromEntries(
    changedIn(names, from, to).flatMap((name) => [
      [`${name}Before`, from[name]],
      [name, to[name]],
    ]),
  );
}

/** The facts as one text, so that equal ones are equal texts. */
export function textOf<Name extends string>(names: readonly Name[], facts: Facts<Name>): string {
  return JSON.stringify(names.map((name) => facts[name]));
}

// Whether a client takes gzip, by its Accept-Encoding. Not here: what is worth compressing.

type Coding = { readonly name: string; readonly isTaken: boolean };

/** RFC 9110 §12.5.3: gzip is taken where it is named, or `*` is and gzip is not, with a weight above 0. */
export function acceptsGzip(header: string | undefined): boolean {
  const codings = (header ?? '').split(',').map(codingIn);
  const named = codings.find(({ name }) => name === 'gzip' || name === 'x-gzip');
  return (named ?? codings.find(({ name }) => name === '*'))?.isTaken ?? false;
}

function codingIn(item: string): Coding {
  const [name = '', ...parameters] = item
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const weight = parameters.find((one) => one.startsWith('q='))?.slice(2) ?? '1';
  // RFC 9110 §12.4.2: a weight of another form makes it no wish at all.
  return { name, isTaken: /^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight) && Number(weight) > 0 };
}

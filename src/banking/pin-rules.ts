// The rules of a PIN that a person chooses, one by one, so that a page can show which of them it keeps.
// Pure and small: the page's script imports it too. Not what a PIN must be at login: there anything counts.

/** What a PIN is held against: the IDs of its person. */
type Ids = { readonly contract: string; readonly user: string };

/** Fewer different characters are guessed by trying what people like. */
const DIFFERENT_CHARACTERS = 4;

const LONG_ENOUGH_RUN = 3;

/** The rules by name, each as a claim about a PIN. */
const RULES = {
  form: (pin: string) => /^[A-Za-z0-9]{6,12}$/.test(pin),
  mixed: (pin: string) => /[A-Za-z]/.test(pin) && /[0-9]/.test(pin),
  'unlike-ids': (pin: string, { contract, user }: Ids) => {
    const lower = pin.toLowerCase();
    return lower !== '' && lower !== user.toLowerCase() && lower !== contract;
  },
  'not-simple': (pin: string) =>
    new Set(withoutRuns(pin.toLowerCase())).size >= DIFFERENT_CHARACTERS,
} as const satisfies Record<string, (pin: string, ids: Ids) => boolean>;

/** The name of a rule. */
export type PinRule = keyof typeof RULES;

/** Every rule, in the order in which they are told. */
export const PIN_RULES = Object.keys(RULES) as readonly PinRule[];

/** The rules that a PIN breaks; none where it may be chosen. */
export function brokenPinRules(pin: string, ids: Ids): readonly PinRule[] {
  return PIN_RULES.filter((rule) => !RULES[rule](pin, ids));
}

/** The first character of each run (`1234`, `dcba`, `aaa`: three and more that go on alike), and all others. */
function withoutRuns(pin: string): string {
  let kept = '';
  for (let at = 0; at < pin.length; ) {
    kept += pin.charAt(at);
    const length = runAt(pin, at);
    at += length >= LONG_ENOUGH_RUN ? length : 1;
  }
  return kept;
}

/** How many characters from a place on go on by one same step: up by one, down by one, or the same. */
function runAt(pin: string, start: number): number {
  const stepTo = (at: number) => pin.charCodeAt(at) - pin.charCodeAt(at - 1);
  const step = stepTo(start + 1);
  if (Math.abs(step) > 1 || Number.isNaN(step)) return 1;
  let end = start + 1;
  while (end < pin.length && stepTo(end) === step) end += 1;
  return end - start;
}

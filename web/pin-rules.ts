// Ticks off each rule that a new PIN keeps while it is typed, by the rules that the server holds it to. What is
// typed stays in its field.
import { brokenPinRules } from '../src/banking/pin-rules.ts';
import { element } from './elements.ts';

/** Begins to tick; returns what tells whether every rule is kept now. */
export function tickPinRules(): () => boolean {
  const rules = element('pin-rules', HTMLElement);
  const wanted = element('new-pin', HTMLInputElement);
  const ids = {
    contract: rules.dataset['contract'] ?? '',
    user: rules.dataset['user'] ?? '',
  };
  const tick = (): void => {
    const broken: readonly string[] = brokenPinRules(wanted.value, ids);
    for (const line of rules.querySelectorAll('li')) {
      const isKept = !broken.includes(line.dataset['rule'] ?? '');
      line.classList.toggle('kept', isKept);
      const said = line.querySelector('span');
      if (said !== null) said.hidden = !isKept;
    }
  };
  wanted.addEventListener('input', tick);
  tick();
  return () => brokenPinRules(wanted.value, ids).length === 0;
}

// The script of 利用者暗証番号の変更: ticks off each rule that the new PIN keeps, by the rules that the server
// holds it to. What is typed stays in its field.
import { brokenPinRules } from '../src/banking/pin-rules.ts';
import { element } from './elements.ts';
import { touchBeforeSending } from './touch-form.ts';

const rules = element('pin-rules', HTMLElement);
const wanted = element('new-pin', HTMLInputElement);
const ids = {
  contract: rules.dataset['contract'] ?? '',
  user: rules.dataset['user'] ?? '',
};

wanted.addEventListener('input', tick);
tick();
touchBeforeSending(element('pin-change', HTMLFormElement));

function tick(): void {
  const broken: readonly string[] = brokenPinRules(wanted.value, ids);
  for (const line of rules.querySelectorAll('li')) {
    const isKept = !broken.includes(line.dataset['rule'] ?? '');
    line.classList.toggle('kept', isKept);
    const said = line.querySelector('span');
    if (said !== null) said.hidden = !isKept;
  }
}

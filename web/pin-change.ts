// The script of 利用者暗証番号の変更: ticks off the rules of the new PIN, and asks for the touch where one is needed.
import { element } from './elements.ts';
import { tickPinRules } from './pin-rules.ts';
import { touchBeforeSending } from './touch-form.ts';

tickPinRules();
touchBeforeSending(element('pin-change', HTMLFormElement));

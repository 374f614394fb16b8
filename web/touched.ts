// The script of a page whose one form may need a touch before it is sent.
import { element } from './elements.ts';
import { touchBeforeSending } from './touch-form.ts';

touchBeforeSending(element('pc-change', HTMLFormElement));

// The script of a page whose forms may need a touch before they are sent.
import { touchBeforeSending } from './touch-form.ts';

for (const form of document.forms) touchBeforeSending(form);

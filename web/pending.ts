// The script of the page that waits for 確認 after a reload: by a certificate in a file, or by the device.
import { confirmInOnePress } from './confirm.ts';
import { onSubmit, proveOnDevice } from './device-renewal.ts';
import { element } from './elements.ts';

if (document.getElementById('device-prove') === null) confirmInOnePress();
else onSubmit(element('renewal-form', HTMLFormElement), proveOnDevice);

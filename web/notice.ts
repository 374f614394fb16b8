// The script of the renewal's notice for those whose key is in the device: 更新 there and then.
import { onSubmit, renewOnDevice } from './device-renewal.ts';
import { element } from './elements.ts';

onSubmit(element('renewal-form', HTMLFormElement), async (token) => {
  await renewOnDevice(token, 'keep');
});

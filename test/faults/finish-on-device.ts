// How a person goes on with a renewal on the device after a crash: the page that is still open, a login with
// whichever key works, 更新 or 取得し直す, the proof. Throws where there is no way on.
import type { DevicePerson, OwnKey } from './device-person.ts';
import {
  type GoneOn,
  logInWithAny,
  Patience,
  proveOrLeaveToLogin,
  type Trying,
} from './finish-renewal.ts';

/** Goes on until the new passkey has logged in, and the first key is told to be ended. */
export async function finishOnDevice(person: DevicePerson, trying: Trying): Promise<GoneOn> {
  const patience = new Patience();
  await patience.with(async () => await person.retry());
  const logIn = async (key: OwnKey) => await person.logIn(key);
  const shown = await logInWithAny(person.keys, logIn, { trying, patience });
  if (shown === 'first') {
    await patience.with(async () => await person.renewAnyhow());
    await proveOrLeaveToLogin(async () => await person.prove(), patience);
  }
  await patience.with(async () => await person.logIn(person.newest));
  await patience.with(async () => await person.showEnded());
  return patience;
}

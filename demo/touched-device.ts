// The PC's own passkeys in the demo, in place of Windows Hello or Touch ID, and the person's finger: what a
// page asks of the device waits until the person touches it.
import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import type { Page } from 'playwright-core';
import { addVirtualDevice, type VirtualDevice } from '../test/browsers/virtual-authenticator.ts';

/** A device and how it is touched. */
export type TouchedDevice = {
  readonly authenticator: VirtualDevice;
  /** Waits until a page asks the device for this and it does not answer yet. */
  readonly asked: (what: Touch) => Promise<void>;
  /** Touches it and waits until it says that it has done so. */
  readonly touch: () => Promise<void>;
  /** How often it has made a passkey or signed, in its own words. */
  readonly touches: Touch[];
};

type Touch = 'made' | 'signed';
type Asked = { readonly what: Touch; readonly answer: () => void };

const ASKING = 'deviceAsks';
const PATIENCE_MS = 20_000;

/** Gives the page's browser a device; nothing answers for the person any more. */
export async function openTouchedDevice(page: Page): Promise<TouchedDevice> {
  const authenticator = await addVirtualDevice(page);
  const touches: Touch[] = [];
  const events = new EventEmitter();
  let pending: Asked | undefined;
  authenticator.onTouch((what) => {
    touches.push(what);
    events.emit('touched', what);
  });
  await page.exposeFunction(ASKING, async (what: Touch) => {
    await new Promise<void>((answer) => {
      pending = { what, answer };
      events.emit('asked');
    });
  });
  await page.addInitScript(`
    for (const [name, what] of [['create', 'made'], ['get', 'signed']]) {
      const ask = navigator.credentials[name].bind(navigator.credentials);
      navigator.credentials[name] = async (options) => { await ${ASKING}(what); return await ask(options); };
    }`);
  const signal = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });
  return {
    authenticator,
    touches,
    asked: async (what) => {
      if (pending === undefined) await once(events, 'asked', signal());
      assert.equal(pending?.what, what, 'what the page asks the device for');
    },
    touch: async () => {
      assert.ok(pending, 'no page asks the device for anything');
      const { what, answer } = pending;
      pending = undefined;
      const touched = once(events, 'touched', signal());
      answer();
      assert.deepEqual(await touched, [what], 'what the device has done');
    },
  };
}

// The script of the page after a renewal: tells the device, where the browser can, that the old passkey is done
// with. Where it cannot, the page's words say how the person takes it out.

type Signals = {
  readonly signalUnknownCredential?: (about: {
    readonly rpId: string;
    readonly credentialId: string;
  }) => Promise<void>;
};

const ended = document.getElementById('ended')?.dataset;
const rpId = ended?.['domain'];
const credentialId = ended?.['ended'];
if (rpId !== undefined && credentialId !== undefined) void signal(rpId, credentialId);

async function signal(domain: string, id: string): Promise<void> {
  const known = Reflect.get(globalThis, 'PublicKeyCredential') as Signals | undefined;
  try {
    await known?.signalUnknownCredential?.({ rpId: domain, credentialId: id });
  } catch {
    // The device need not obey; the words on the page remain.
  }
}

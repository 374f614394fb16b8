// The passkeys of a browser's PC, in place of Windows Hello or Touch ID: Chromium's virtual authenticator,
// which answers at once. No test itself.
import type { CDPSession, Page } from 'playwright-core';

/** What the device can do, where it differs from a usual PC. */
export type DeviceChoice = {
  readonly isUserVerified?: boolean;
  /** Passkeys that its maker may copy to other devices. */
  readonly isBackupEligible?: boolean;
};

/** A passkey as only its device knows it. */
export type HeldPasskey = {
  /** Base64. */
  readonly credentialId: string;
  /** PKCS#8, base64. */
  readonly privateKey: string;
  readonly isResidentCredential: boolean;
  readonly signCount: number;
};

/** The passkeys of one page's browser. */
export type VirtualDevice = {
  /** IDs of the passkeys it holds, base64. */
  readonly held: () => Promise<readonly string[]>;
  /** The passkeys with their keys, which no real device gives out. */
  readonly passkeys: () => Promise<readonly HeldPasskey[]>;
  /** Puts a passkey of another device into this one. */
  readonly add: (passkey: HeldPasskey) => Promise<void>;
  /** Tells each time that it has made a passkey or signed with one. */
  readonly onTouch: (heard: (what: 'made' | 'signed') => void) => void;
  /** Sets whether it recognises its user. */
  readonly recogniseUser: (isRecognised: boolean) => Promise<void>;
};

/** Gives a page's browser a device that holds passkeys. */
export async function addVirtualDevice(
  page: Page,
  choice: DeviceChoice = {},
): Promise<VirtualDevice> {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable', { enableUI: false });
  const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: choice.isUserVerified ?? true,
      automaticPresenceSimulation: true,
      defaultBackupEligibility: choice.isBackupEligible ?? false,
    },
  });
  const passkeys = async () =>
    (await devtools.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  return {
    passkeys,
    add: async (credential) => {
      await devtools.send('WebAuthn.addCredential', { authenticatorId, credential });
    },
    onTouch: (heard) => {
      devtools.on('WebAuthn.credentialAdded', () => heard('made'));
      devtools.on('WebAuthn.credentialAsserted', () => heard('signed'));
    },
    held: async () => (await passkeys()).map(({ credentialId }) => credentialId),
    recogniseUser: async (isRecognised) => {
      const isUserVerified = isRecognised;
      await devtools.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
    },
  };
}

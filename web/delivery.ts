// What the person does with the new files: save, note the password, import, 確認. The key is gone by now.
import { element, show, write } from './elements.ts';
import type { Files } from './make-files.ts';
import type { Issued } from './send-request.ts';

/** Shows the files and their password; calls `whenSaved` when the person has taken one. */
export function deliver(files: Files, issued: Issued, whenSaved: () => void): void {
  for (const variant of ['standard', 'compatible'] as const) {
    const link = element(`download-${variant}`, HTMLAnchorElement);
    // The page puts the file for this PC's system in front, and the other behind a fold.
    const isOther = link.closest('details') !== null;
    const { fileName } = issued;
    link.download = isOther ? fileName.replace(/\.p12$/, `-${variant}.p12`) : fileName;
    const file = new Blob([new Uint8Array(files[variant])], { type: 'application/x-pkcs12' });
    link.href = URL.createObjectURL(file);
    link.addEventListener('click', () => {
      element('renewal-delivery', HTMLElement).dataset['step'] = 'prove';
      whenSaved();
    });
  }
  write('file-name', issued.fileName);
  write('file-password', files.password);
  write('successor-name', issued.name);
  write('successor-ends', issued.ends);
  element('copy-password', HTMLButtonElement).addEventListener('click', () => void copyPassword());
  show('renewal-delivery');
  element('delivery-title', HTMLElement).focus();
}

async function copyPassword(): Promise<void> {
  const output = element('file-password', HTMLOutputElement);
  try {
    await navigator.clipboard.writeText(output.textContent);
    show('copied');
  } catch {
    // Company policies forbid the clipboard to pages: the person copies what is selected.
    getSelection()?.selectAllChildren(output);
  }
}

// How a saved certificate file is imported, by the system or browser that keeps the certificate.
// Names of buttons are those the systems themselves show.
import type { Text, Texts } from './language.ts';

/** Where a certificate is kept; Firefox keeps its own on every system. */
export type System = 'windows' | 'macos' | 'firefox' | 'linux';

export type ImportGuide = {
  readonly title: Text;
  readonly steps: Texts;
  /** Which of the two files this system can read and should get. */
  readonly format: 'standard' | 'compatible';
};

export const IMPORT_GUIDES = {
  windows: {
    title: { ja: 'Windows (Edge、Chrome)', en: 'Windows (Edge, Chrome)' },
    format: 'standard',
    steps: {
      ja: [
        '保存したファイルを開いてください。「証明書のインポート ウィザード」が表示されます。',
        '保存場所は「現在のユーザー」のまま、「次へ」を2回押してください。',
        'ファイルのパスワードを入力し、ほかの項目は変えずに「次へ」を押してください。',
        '証明書ストアも変えずに「次へ」を押し、「完了」を押してください。',
        '「正しくインポートされました。」と表示されたら、「OK」を押してください。',
      ],
      en: [
        'Open the saved file. The “Certificate Import Wizard” appears.',
        'Leave the store location at “Current User” and press “Next” twice.',
        'Enter the file’s password, change nothing else and press “Next”.',
        'Leave the certificate store as it is, press “Next” and then “Finish”.',
        'When “The import was successful.” appears, press “OK”.',
      ],
    },
  },
  macos: {
    title: { ja: 'Mac (Safari、Chrome)', en: 'Mac (Safari, Chrome)' },
    format: 'compatible',
    steps: {
      ja: [
        '保存したファイルを開いてください。「キーチェーンアクセス」が表示されます。',
        '追加先をたずねられたら、「ログイン」を選んでください。',
        'ファイルのパスワードを入力し、「OK」を押してください。',
        '電子証明書をはじめて使うときに鍵の使用の許可を求められたら、Macのパスワードを入力してください。',
      ],
      en: [
        'Open the saved file. “Keychain Access” appears.',
        'If you are asked where to add it, choose “login”.',
        'Enter the file’s password and press “OK”.',
        'When you first use the certificate and your Mac asks to allow use of the key, enter your Mac’s password.',
      ],
    },
  },
  firefox: {
    title: { ja: 'Firefox', en: 'Firefox' },
    format: 'standard',
    steps: {
      ja: [
        'Firefoxの「設定」を開き、「プライバシーとセキュリティ」を選んでください。',
        '「接続とソフトウェアのセキュリティ」の「詳細設定」を押し、「証明書を管理」を押してください。以前のFirefoxでは、「証明書を表示」を押してください。',
        '「あなたの証明書」を選び、「インポート」を押して、保存したファイルを選んでください。',
        'ファイルのパスワードを入力し、「OK」を押してください。',
      ],
      en: [
        'Open Firefox’s “Settings” and choose “Privacy & Security”.',
        'Under “Connection and software security” press “Advanced settings”, then “Manage certificates”. In earlier versions of Firefox press “View Certificates”.',
        'Choose “Your Certificates”, press “Import” and choose the saved file.',
        'Enter the file’s password and press “OK”.',
      ],
    },
  },
  linux: {
    title: { ja: 'Linux (Chrome)', en: 'Linux (Chrome)' },
    format: 'standard',
    steps: {
      ja: [
        'Chromeの「設定」を開き、「プライバシーとセキュリティ」の「セキュリティ」を選んでください。',
        '「証明書の管理」を開き、お客様の証明書の「インポート」を押してください。',
        '保存したファイルを選び、ファイルのパスワードを入力してください。',
      ],
      en: [
        'Open Chrome’s “Settings” and choose “Privacy and security”, then “Security”.',
        'Open “Manage certificates” and press “Import” under your certificates.',
        'Choose the saved file and enter its password.',
      ],
    },
  },
} satisfies Record<System, ImportGuide>;

export const SYSTEMS: readonly System[] = ['windows', 'macos', 'firefox', 'linux'];

/** The system a browser names in its User-Agent header; it only decides which guide is shown first. */
export function systemOf(userAgent: string): System {
  if (userAgent.includes('Firefox/')) return 'firefox';
  if (userAgent.includes('Mac OS X')) return 'macos';
  if (userAgent.includes('Linux') || userAgent.includes('CrOS')) return 'linux';
  return 'windows';
}

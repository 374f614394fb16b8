// Words of the page that shows what a device asks when a passkey is used or made, and what to do when it does
// not go as expected. What stands inside its drawings is ours: no maker's screen says exactly this.
import type { Text, Texts } from './language.ts';

export const DEVICE_HELP = {
  title: { ja: '端末の確認画面の見かた', en: 'What your device asks' },
  lead: {
    ja: 'パスキーでのログインと更新では、お使いの端末が確認画面を表示します。端末の暗証番号や指紋、顔の情報は、金融機関に送られません。',
    en: 'When you log in or renew with a passkey, your device asks you to confirm. Its PIN, your fingerprint and your face are never sent to us.',
  },
  drawn: {
    ja: '図は、おおよその見た目です。言葉や並びは、端末やブラウザーの版によって異なります。',
    en: 'The drawings show roughly what appears. Words and order differ with the version of your device and browser.',
  },
  site: {
    ja: '確認画面に表示されるサイトの名前は、次のとおりです。違うときは、キャンセルしてください。',
    en: 'Your device names this site. If it names another, cancel.',
  },
  contents: { ja: 'このページの内容', en: 'On this page' },
  link: { ja: '端末の確認画面を図で見る', en: 'See drawings of what your device asks' },
  inTrouble: {
    ja: '確認画面でお困りのとき',
    en: 'If what your device asks is not as expected',
  },
} satisfies Record<string, Text>;

/** What stands in the drawings. */
export const DRAWN = {
  windows: { ja: 'Windows セキュリティ', en: 'Windows Security' },
  confirm: { ja: 'パスキーを使うための確認', en: 'Confirm to use your passkey' },
  signIn: { ja: 'パスキーでログインしますか', en: 'Log in with your passkey?' },
  devicePin: { ja: '端末のPIN', en: 'PIN of this device' },
  finger: { ja: '指をTouch IDに置いてください', en: 'Place your finger on Touch ID' },
  key: { ja: 'セキュリティキー', en: 'Security key' },
  keyPin: { ja: 'セキュリティキーのPIN', en: 'PIN of the security key' },
  touchKey: {
    ja: 'セキュリティキーに触れてください',
    en: 'Touch your security key',
  },
  none: { ja: 'このサイトのパスキーがありません', en: 'No passkeys for this site' },
  scan: { ja: 'QRコードを読み取ってください', en: 'Scan the QR code' },
  choose: { ja: 'パスキーの場所を選んでください', en: 'Choose where your passkey is' },
  thisDevice: { ja: 'このWindowsデバイス', en: 'This Windows device' },
  phone: { ja: 'スマートフォンやタブレット', en: 'Phone or tablet' },
  ok: { ja: 'OK', en: 'OK' },
  next: { ja: '次へ', en: 'Next' },
  back: { ja: '戻る', en: 'Back' },
  close: { ja: '閉じる', en: 'Close' },
  cancel: { ja: 'キャンセル', en: 'Cancel' },
} satisfies Record<string, Text>;

/** One part of the page; the steps have the numbers of the drawing's marks. */
export type DeviceHelpTopic = {
  readonly anchor: string;
  readonly title: Text;
  /** The drawing in words, for those who do not see it; a topic without one has no drawing. */
  readonly drawing?: Text;
  readonly steps?: Texts;
  readonly paragraphs: Texts;
};

const WINDOWS: DeviceHelpTopic = {
  anchor: 'windows',
  title: { ja: 'Windowsのとき (Windows セキュリティ)', en: 'On Windows (Windows Security)' },
  drawing: {
    ja: '「Windows セキュリティ」の画面の図。サイトの名前とパスキーの名前の下に、端末のPINの入力欄と、「OK」「キャンセル」のボタンがあります。',
    en: 'Drawing of the window Windows Security: the names of site and passkey, below them a field for the PIN of this device and the buttons OK and Cancel.',
  },
  steps: {
    ja: [
      'サイトの名前と、利用者番号と利用者IDで始まるパスキーの名前を確かめます。いくつも表示されるときは、名前の終わりの年月が遅いものを選びます。',
      'Windowsにサインインするときと同じPIN、指紋、顔のいずれかで確認します。このPINは、利用者暗証番号とは別のものです。',
      '「OK」を押します。指紋や顔で確認したときは、押さずに先へ進むことがあります。',
    ],
    en: [
      'Check the names of the site and of the passkey, which begins with your contract ID and user ID. If there are several, choose the one with the later month at its end.',
      'Confirm by the PIN, fingerprint or face with which you sign in to Windows. This PIN is not the PIN that you give to us.',
      'Press OK. After a fingerprint or face this may not be needed.',
    ],
  },
  paragraphs: {
    ja: ['更新でパスキーの保存先を聞かれたときは、「このWindowsデバイス」を選んでください。'],
    en: ['If a renewal asks where to save the passkey, choose This Windows device.'],
  },
};

const MAC: DeviceHelpTopic = {
  anchor: 'mac',
  title: { ja: 'Macのとき (Touch ID)', en: 'On a Mac (Touch ID)' },
  drawing: {
    ja: 'Macの確認画面の図。サイトの名前とパスキーの名前の下に、指紋の絵と「キャンセル」のボタンがあります。',
    en: 'Drawing of what a Mac asks: the names of site and passkey, below them a fingerprint and the button Cancel.',
  },
  steps: {
    ja: [
      'サイトの名前と、利用者番号と利用者IDで始まるパスキーの名前を確かめます。',
      '指をTouch IDのセンサーに置きます。指紋をお使いになれないときは、Macのパスワードで確認します。',
    ],
    en: [
      'Check the names of the site and of the passkey, which begins with your contract ID and user ID.',
      'Place your finger on the Touch ID sensor. Where you cannot use a fingerprint, confirm by the password of the Mac.',
    ],
  },
  paragraphs: { ja: [], en: [] },
};

const SECURITY_KEY: DeviceHelpTopic = {
  anchor: 'security-key',
  title: { ja: 'セキュリティキーのとき', en: 'With a security key' },
  drawing: {
    ja: '2つの画面の図。1つ目ではセキュリティキーのPINを入力し、2つ目ではセキュリティキーに触れるように求められます。',
    en: 'Drawing of two windows: the first asks for the PIN of the security key, the second to touch the key.',
  },
  steps: {
    ja: [
      'セキュリティキーをパソコンに差し込み、セキュリティキーのPINを入力します。利用者暗証番号とは別のものです。',
      'セキュリティキーの、光っているところに触れます。',
    ],
    en: [
      'Plug the security key in and enter its PIN, which is not the PIN that you give to us.',
      'Touch the key where it lights up.',
    ],
  },
  paragraphs: {
    ja: [
      '端末のPINや指紋を先に求められたときは、別の方法を選ぶところから、「セキュリティ キー」を選んでください。',
    ],
    en: [
      'If the PIN or fingerprint of the PC is asked for first, look for another way there and choose Security key.',
    ],
  },
};

const CANCELLED: DeviceHelpTopic = {
  anchor: 'cancelled',
  title: {
    ja: 'キャンセルしたとき、時間切れになったとき',
    en: 'You cancelled, or it took too long',
  },
  paragraphs: {
    ja: [
      'ログインのときは、「パスキー方式 利用者ログイン」をもう一度押してください。',
      '更新のときは、「更新の画面を開き直す」を押してください。確認を終えるまで、今の電子証明書をそのままお使いいただけます。',
    ],
    en: [
      'At the login, press User login with passkey again.',
      'At a renewal, press Open the renewal page again. Until you have confirmed, your present certificate works as before.',
    ],
  },
};

const NO_PASSKEYS: DeviceHelpTopic = {
  anchor: 'no-passkeys',
  title: {
    ja: '「パスキーがありません」と表示されたとき',
    en: 'It says that there are no passkeys',
  },
  drawing: {
    ja: '「このサイトのパスキーがありません」と表示され、「閉じる」のボタンがある画面の図。',
    en: 'Drawing of a window that says that there are no passkeys for this site, with the button Close.',
  },
  paragraphs: {
    ja: [
      'パスキーは、作成した端末の、作成したときと同じアカウントとブラウザーでお使いください。シークレットウィンドウやInPrivateウィンドウでは、見つからないことがあります。',
      '電子証明書をファイルやカードでお持ちの方は、電子証明書方式でログインしてください。',
      '端末を替えたときや、初期化したときは、ご契約先の管理者の方に、再発行をご依頼ください。',
    ],
    en: [
      'Use a passkey on the device where you made it, in the same account and browser. Private windows may not find it.',
      'If you have your certificate as a file or on a card, log in with the certificate.',
      'If you have a new device, or have reset it, ask your company’s administrator for a reissue.',
    ],
  },
};

const QR: DeviceHelpTopic = {
  anchor: 'qr',
  title: { ja: 'QRコードが表示されたとき', en: 'It shows a QR code' },
  drawing: {
    ja: '2つの画面の図。1つ目はQRコードの画面で、「戻る」のボタンに1の印があります。2つ目はパスキーの場所を選ぶ画面で、「このWindowsデバイス」に2の印があります。',
    en: 'Drawing of two windows: a QR code with mark 1 at the button Back, and the choice of a place with mark 2 at This Windows device.',
  },
  steps: {
    ja: [
      'スマートフォンで読み取らずに、「戻る」または「キャンセル」を押します。',
      '場所を選ぶ画面で、お使いのパソコン (「このWindowsデバイス」など) を選びます。選ぶ画面がないときは、初めのボタンをもう一度押してください。',
    ],
    en: [
      'Do not scan it with your phone. Press Back or Cancel.',
      'Where you can choose a place, choose the PC that you use (such as This Windows device). If there is no choice, press the first button again.',
    ],
  },
  paragraphs: {
    ja: [
      'それでもQRコードだけが表示されるときは、パソコンにパスキーがないか、Windows HelloやTouch IDが設定されていません。Windowsでは「設定」「アカウント」「サインイン オプション」、Macでは「システム設定」「Touch IDとパスワード」で設定できます。',
      'メールや電話で案内されたQRコードは、読み取らないでください。',
    ],
    en: [
      'If it shows nothing but a QR code, there is no passkey on the PC, or Windows Hello or Touch ID is not set up. On Windows see Settings, Accounts, Sign-in options; on a Mac see System Settings, Touch ID & Password.',
      'Never scan a QR code that a mail or a caller tells you to.',
    ],
  },
};

/** What the device asks, by its kind. */
export const DEVICE_KINDS = { windows: WINDOWS, mac: MAC, key: SECURITY_KEY } as const;

/** What else may appear. */
export const DEVICE_TROUBLES = { cancelled: CANCELLED, none: NO_PASSKEYS, qr: QR } as const;

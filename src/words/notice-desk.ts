// Words for the bank's notices in the console.
import type { Text } from './language.ts';

export const NOTICE_DESK = {
  title: { ja: 'お知らせ', en: 'Notices' },
  preview: { ja: 'お客さまの画面での見え方', en: 'As its readers see it' },
  none: { ja: '掲載したお知らせはありません。', en: 'No notice was published.' },
  publish: { ja: 'お知らせの掲載を申請する', en: 'Ask for a notice to be published' },
  from: { ja: '掲載の開始', en: 'From' },
  until: { ja: '掲載の終わり', en: 'Until' },
  readers: { ja: '読んだ人', en: 'Who has read it' },
  readAt: { ja: '読んだ日時', en: 'Read' },
  readersCount: { ja: '読んだ人の数', en: 'How many have read it' },
  nobody: { ja: 'まだ、だれも読んでいません。', en: 'Nobody has read it yet.' },
  csv: { ja: '読んだ人をCSVで保存する', en: 'Save the readers as CSV' },
  next: { ja: '次の100人', en: 'The next hundred' },
  end: { ja: '掲載を終える', en: 'Take it down' },
  endNote: {
    ja: 'すぐに、お客さまの画面から消えます。もう一度掲載するには、新しい申請が必要です。',
    en: 'It disappears from everybody’s pages at once. To publish it again takes a new request.',
  },
  ended: { ja: '掲載を終えました。', en: 'It was taken down.' },
  back: { ja: 'お知らせの一覧へ', en: 'To the notices' },
} satisfies Record<string, Text>;

/** How a notice stands. */
export const NOTICE_STANDINGS = {
  coming: { ja: '掲載前', en: 'To come' },
  shown: { ja: '掲載中', en: 'Shown' },
  over: { ja: '掲載終了', en: 'Over' },
} satisfies Record<'coming' | 'shown' | 'over', Text>;

/** How many readers; more than were counted. */
export const READERS = {
  ja: (count: number, most: number) =>
    count > most ? `${most.toLocaleString('ja')}人より多い` : `${count.toLocaleString('ja')}人`,
  en: (count: number, most: number) =>
    count > most ? `more than ${most.toLocaleString('en')}` : count.toLocaleString('en'),
} satisfies Text<(count: number, most: number) => string>;

/** The columns of the list of readers. */
export const READER_COLUMNS = {
  ja: ['利用者番号', '利用者ID', '名前', '読んだ日時'],
  en: ['Contract ID', 'User ID', 'Name', 'Read'],
} satisfies Text<readonly string[]>;

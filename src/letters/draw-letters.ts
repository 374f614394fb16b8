// Draws letters for envelopes with a window (長形3号, an A4 sheet folded twice), and lists them for the mail house.
import { buffer } from 'node:stream/consumers';
import { strToU8, zipSync } from 'fflate';
import PDFDocument from 'pdfkit';
import { type Letter, type LetterKind, letterNumber } from '../banking/letter.ts';
import { showCode } from '../banking/typed-code.ts';
import { CSV_BEGINS, csvLine } from '../csv/csv-line.ts';
import { dateAndTime } from '../words/dates.ts';
import { LETTER, LETTER_COLUMNS } from '../words/letters.ts';
import { drawAddress, MM } from './address-window.ts';

/** What is to be drawn. */
export type LettersTask = {
  readonly kind: LetterKind;
  readonly batch: string;
  readonly letters: readonly Letter[];
  readonly sender: {
    readonly name: string;
    readonly desk: string;
    readonly phone: string;
    readonly hours: string;
    /** Where the acquisition begins. */
    readonly address: string;
  };
  /** File of the font and, after `#`, its name where the file holds several. */
  readonly font: string;
};

type Document = PDFKit.PDFDocument;

const PAGE = { width: 210 * MM, height: 297 * MM } as const;
const LEFT = 25 * MM;
const WIDTH = PAGE.width - 2 * LEFT;
const SENDER = { left: 125 * MM, top: 24 * MM, width: 65 * MM } as const;
const FOLDS = [99 * MM, 198 * MM] as const;
const BODY_TOP = 84 * MM;
const INK = '#1a1a1c';
const QUIET = '#4d4d4d';

/** The ZIP file with both. */
export async function drawLetters(task: LettersTask): Promise<Uint8Array> {
  const pdf = await drawPdf(task);
  const list = strToU8(listOf(task));
  const name = `letters-${task.kind}-${task.batch.slice(0, 8)}`;
  // Fonts and drawings are compressed within the PDF already.
  return zipSync({ [`${name}.pdf`]: [pdf, { level: 0 }], [`${name}.csv`]: list });
}

async function drawPdf(task: LettersTask): Promise<Uint8Array> {
  const [file = '', name] = task.font.split('#');
  const document: Document = new PDFDocument({
    size: 'A4',
    margin: 0,
    autoFirstPage: false,
    info: { Title: LETTER.titles[task.kind], Author: task.sender.name },
    lang: 'ja',
  });
  document.registerFont('letter', file, name);
  const whole = buffer(document);
  for (const letter of task.letters) drawLetter(letter, task, document);
  if (task.letters.length === 0) document.addPage();
  document.end();
  return await whole;
}

function drawLetter(letter: Letter, task: LettersTask, document: Document): void {
  document.addPage().font('letter').fillColor(INK);
  drawAddress(letter, document);
  drawSender(task, document);
  for (const y of FOLDS) {
    document
      .moveTo(0, y)
      .lineTo(4 * MM, y)
      .lineWidth(0.5)
      .strokeColor('#999999')
      .stroke();
  }
  document.fontSize(17).text(LETTER.titles[letter.kind], LEFT, BODY_TOP, { width: WIDTH });
  document.moveDown(0.8).fontSize(10.5);
  document.text(LETTER.lead[letter.kind], { width: WIDTH, lineGap: 5 });
  document.moveDown(1.2);
  for (const [label, value, size] of factsOf(letter)) {
    document.fontSize(9.5).fillColor(QUIET).text(label, { width: WIDTH });
    document.fontSize(size).fillColor(INK).text(value, { width: WIDTH, characterSpacing: 1 });
    document.moveDown(0.5);
  }
  drawSteps(task, document);
  document.fontSize(9).fillColor(QUIET);
  document.text(LETTER.caution, LEFT, 250 * MM, { width: WIDTH, lineGap: 3 });
  document.text(`${LETTER.number} ${letterNumber(task.batch, letter.place)}`, LEFT, 276 * MM);
}

function drawSender({ sender }: LettersTask, document: Document): void {
  const { left, top, width } = SENDER;
  document.fontSize(11).text(sender.name, left, top, { width });
  document.fontSize(8.5).fillColor(QUIET);
  document.text(sender.desk, { width }).text(sender.phone, { width }).text(sender.hours, { width });
  document.fillColor(INK);
}

function factsOf(letter: Letter): readonly (readonly [string, string, number])[] {
  if (letter.kind === 'codes') {
    return [
      [LETTER.code, showCode(letter.code), 24],
      [LETTER.until, dateAndTime(letter.expiresAt, 'ja'), 12],
    ];
  }
  const { contract, user } = letter.identity;
  return [
    [LETTER.contract, contract, 15],
    [LETTER.user, user, 15],
    [LETTER.pin, letter.pin, 24],
  ];
}

function drawSteps({ sender }: LettersTask, document: Document): void {
  document.moveDown(0.6).fontSize(12).text(LETTER.how, { width: WIDTH });
  document.moveDown(0.4).fontSize(10.5);
  LETTER.steps.forEach((step, place) => {
    document.text(`${place + 1}. ${step}`, { width: WIDTH, lineGap: 4 });
    if (place === 0) document.text(`    ${sender.address}`, { width: WIDTH, lineGap: 4 });
  });
}

function listOf({ kind, batch, letters }: LettersTask): string {
  const lines = letters.map((letter) => {
    const { place, postalCode, address, contractName, name } = letter;
    const whom = [letterNumber(batch, place), postalCode ?? '', address ?? '', contractName, name];
    if (letter.kind === 'codes') {
      return [...whom, showCode(letter.code), dateAndTime(letter.expiresAt, 'ja')];
    }
    return [...whom, letter.identity.contract, letter.identity.user, letter.pin];
  });
  return CSV_BEGINS + [LETTER_COLUMNS[kind], ...lines].map(csvLine).join('');
}

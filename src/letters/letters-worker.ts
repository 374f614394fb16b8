// The thread that draws letters: hundreds of pages would hold every other request for seconds.
import { parentPort, workerData } from 'node:worker_threads';
import { drawLetters, type LettersTask } from './draw-letters.ts';

parentPort?.postMessage(await drawLetters(workerData as LettersTask));

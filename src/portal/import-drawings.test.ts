import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleFrame } from '../../test/pages/sample-frame.ts';
import { IMPORT_GUIDES, SYSTEMS } from '../words/import-guides.ts';
import { importDrawing } from './import-drawings.ts';
import { importGuide } from './import-guide.ts';

for (const language of ['ja', 'en'] as const) {
  for (const system of SYSTEMS) {
    test(`each step of the guide for ${system} (${language}) has its number in the drawing, once`, () => {
      const { markup } = importDrawing(system, sampleFrame(language));
      const numbers = Array.from(markup.matchAll(/<i>(\d)<\/i>/g), ([, number]) => Number(number));
      const steps = IMPORT_GUIDES[system].steps[language].map((_, i) => i + 1);
      assert.deepEqual(numbers, steps);
    });
  }

  test(`every guide leads to its drawings (${language}), in a tab of its own`, () => {
    const { markup } = importGuide('windows', sampleFrame(language));
    for (const system of SYSTEMS) {
      assert.match(markup, new RegExp(`/help/import#${system}" target="_blank" rel="noopener"`));
    }
  });
}

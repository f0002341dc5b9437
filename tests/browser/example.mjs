// The example answers of the common model, typed into the forms as an officer would.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './program.mjs';

/** Question → the lines of its answer; a lone dot stands for an empty line. */
export async function exampleAnswers() {
  const text = await readFile(path.join(root, 'templates-cdc/exemple.txt'), 'utf8');
  const answers = new Map();
  let key;
  for (const line of text.split('\n')) {
    const head = /^([a-z][\w.]*):\s?(.*)$/.exec(line);
    if (head) {
      key = head[1];
      answers.set(key, head[2] === '' ? [] : [head[2]]);
    } else if (key && line.startsWith('  ')) {
      answers.get(key).push(line.trim() === '.' ? '' : line.trim());
    }
  }
  return answers;
}

/** Fills what the open page asks and the example answers. */
export async function fillSection(page, answers) {
  for (const [key, lines] of answers) {
    if (await page.locator(`[name="${key}.0.0"]`).count()) {
      for (const [row, line] of lines.entries()) {
        for (const [column, cell] of line.split('|').entries()) await fill(page, `${key}.${row}.${column}`, cell.trim());
      }
    } else if (await page.locator(`[name="${key}-jour"]`).count()) {
      const [, year, month, day, hour] = /^(\d+)-(\d+)-(\d+)(?:T(.*))?$/.exec(lines[0]);
      await fill(page, `${key}-jour`, day);
      await fill(page, `${key}-mois`, month);
      await fill(page, `${key}-annee`, year);
      if (hour) await fill(page, `${key}-heure`, hour);
    } else {
      await fill(page, key, lines.join('\n'));
    }
  }
}

async function fill(page, name, value) {
  const field = page.locator(`[name="${name}"]`);
  if ((await field.count()) === 0) return;
  const kind = await kindOf(field.first());

  if (kind === 'radio') await page.locator(`[name="${name}"][value="${value}"]`).check();
  else if (kind === 'select-one') await field.selectOption(value);
  else await field.fill(value);
}

/** Without JavaScript in the page there is nothing to evaluate: the attribute tells, and the tag by its own selector. */
async function kindOf(field) {
  const type = await field.getAttribute('type');
  if (type) return type;
  return (await field.and(field.page().locator('select')).count()) ? 'select-one' : 'text';
}

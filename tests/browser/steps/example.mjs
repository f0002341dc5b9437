// The example answers of the common model, typed into the forms as an officer would.

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../program.mjs';

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
  const kinds = kindsOf(await page.content());
  const fill = (name, value) => (kinds.has(name) ? fillOne(page, kinds.get(name), name, value) : undefined);
  for (const [key, lines] of answers) {
    if (kinds.has(`${key}.0.0`)) {
      for (const [row, line] of lines.entries()) {
        for (const [column, cell] of line.split('|').entries()) await fill(`${key}.${row}.${column}`, cell.trim());
      }
    } else if (kinds.has(`${key}-jour`)) {
      const [, year, month, day, hour] = /^(\d+)-(\d+)-(\d+)(?:T(.*))?$/.exec(lines[0]);
      await fill(`${key}-jour`, day);
      await fill(`${key}-mois`, month);
      await fill(`${key}-annee`, year);
      if (hour) await fill(`${key}-heure`, hour);
    } else {
      await fill(key, lines.join('\n'));
    }
  }
}

/** Name → kind of each field, read from the page's text in one go: asking field by field takes a minute. */
function kindsOf(html) {
  const fields = html.matchAll(/<(input|select|textarea)\b[^>]*?\bname="([^"]+)"[^>]*>/g);
  return new Map([...fields].map(([tag, element, name]) => [name, /type="radio"/.test(tag) ? 'radio' : element]));
}

async function fillOne(page, kind, name, value) {
  const field = page.locator(`[name="${name}"]`);
  if (kind === 'radio') await page.locator(`[name="${name}"][value="${value}"]`).check();
  else if (kind === 'select') await field.selectOption(value);
  else await field.fill(value);
}

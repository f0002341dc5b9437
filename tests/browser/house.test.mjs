// What people do beside the road: go back, click twice, change a plan, look at the first page of their role.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Journey } from './steps/walk.mjs';
import { checkPage, inOrder, shot, useBeffroi, visit, widths } from './support.mjs';

for (const javascript of [true, false]) {
  inOrder(`Beside the road, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    const walk = new Journey(useBeffroi(), { javascript });

    const fillNeed = async (page, object) => {
      await page.getByLabel('Objet').fill(object);
      await page.getByLabel('Code CPV').fill('72212000');
      await page.getByLabel('Estimation, hors TVA').fill('12 000,00');
      await page.getByLabel('Quantité').fill('1 inventaire');
    };
    const countOf = async (page, object) => {
      await visit(page, '/besoins');
      return page.getByRole('link', { name: object, exact: true }).count();
    };

    test('a form sent again after « back » makes one need', () =>
      walk.as('Agent marchés publics de Perwez', async (page) => {
        await visit(page, '/besoins/nouveau');
        await fillNeed(page, 'Registre des concessions');
        const key = await page.locator('[name="cle-formulaire"]').getAttribute('value');
        await page.getByRole('button', { name: 'Enregistrer le besoin' }).click();
        await page.getByRole('status').waitFor();
        const need = new URL(page.url()).pathname;

        await page.goBack();
        // Whatever the browser put back, this is the page as it was sent.
        await fillNeed(page, 'Registre des concessions');
        await page.locator('[name="cle-formulaire"]').evaluate((field, value) => field.setAttribute('value', value), key);
        await page.getByRole('button', { name: 'Enregistrer le besoin' }).click();
        await page.getByRole('status').waitFor();

        assert.equal(new URL(page.url()).pathname, need, 'the same need answers');
        assert.equal(await countOf(page, 'Registre des concessions'), 1);
      }));

    test('what was changed after « back » is kept and told', () =>
      walk.as('Agent marchés publics de Perwez', async (page) => {
        await visit(page, '/besoins/nouveau');
        await fillNeed(page, 'Registre des loyers');
        const key = await page.locator('[name="cle-formulaire"]').getAttribute('value');
        await page.getByRole('button', { name: 'Enregistrer le besoin' }).click();
        await page.getByRole('status').waitFor();

        await page.goBack();
        await fillNeed(page, 'Registre des loyers et des baux');
        await page.locator('[name="cle-formulaire"]').evaluate((field, value) => field.setAttribute('value', value), key);
        await page.getByRole('button', { name: 'Enregistrer le besoin' }).click();
        await page.getByText('Ce formulaire a déjà été enregistré').waitFor();
        await checkPage(page);

        assert.equal(await page.getByLabel('Objet').inputValue(), 'Registre des loyers et des baux');
        assert.equal(await countOf(page, 'Registre des loyers et des baux'), 0);
      }, { expected: [/422/] }));

    test('the plan of a tender is changed on its own page', () =>
      walk.as('Agent marchés publics de Gembloux', async (page) => {
        await visit(page, '/marches');
        const files = await page.locator('th a[href^="/marches/MP-"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        const change = page.getByRole('link', { name: 'Modifier le marché' });
        for (const file of files) {
          await visit(page, file);
          if ((await change.count()) > 0) break;
        }
        await change.click();
        const object = page.getByLabel('Objet');
        await object.fill(`${await object.inputValue()}, révisé`);
        await checkPage(page, { widths });
        await shot(page, 'marche-modifier');
        await page.getByRole('button', { name: 'Enregistrer les modifications' }).click();
        await page.getByRole('status').waitFor();
        await page.getByRole('heading', { level: 1, name: /, révisé$/ }).waitFor();
      }));

    for (const person of [
      'Agent marchés publics de Namur',
      'Directeur financier de Namur',
      'Conseil communal de Namur',
      'Coordinateur de l’UVCW',
      'Gérant d’Aubier Logiciels',
    ]) {
      test(`the first page of « ${person} »`, () =>
        walk.as(person, async (page) => {
          await visit(page, '/');
          await checkPage(page, { widths });
          await shot(page, `accueil-${person.split(' ')[0].toLowerCase()}`);
        }));
    }
  });
}

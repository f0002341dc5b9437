// Every page of the files of the demo, at the stage where each stands, as the people who work there read them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPage, inOrder, shot, signInAs, useBeffroi, visit } from './support.mjs';

/** Files by their object, and who reads them. */
const files = [
  { object: 'Cartographie des cimetières', stage: 'ouvert', people: ['Agent marchés publics de Ciney'] },
  { object: 'Suivi des subsides', stage: 'selection', people: ['Agent marchés publics de Gembloux'] },
  { object: 'Portail de la médiathèque', stage: 'regularite', people: ['Agent marchés publics de Wavre'] },
  { object: 'Carnet d’entretien des bâtiments', stage: 'negociation', people: ['Agent marchés publics de Perwez'] },
  { object: 'Agenda partagé des services communaux', stage: 'evaluation', people: ['Agent marchés publics de Gembloux', 'Évaluateur de Namur'] },
  { object: 'Signalement des incidents de voirie', stage: 'proposition', people: ['Agent marchés publics d’Andenne', 'Directeur financier d’Andenne'] },
  { object: 'Catalogue des bibliothèques', stage: 'decision', people: ['Agent marchés publics d’Ottignies-Louvain-la-Neuve'] },
  { object: 'Numérisation des registres anciens', stage: 'attente', people: ['Agent marchés publics de Marche-en-Famenne', 'Collège communal de Marche-en-Famenne'] },
  { object: 'Gestion des primes communales', stage: 'tutelle', people: ['Agent marchés publics d’Andenne'] },
  { object: 'Formulaires en ligne, reprise de l’existant', stage: 'conclu', people: ['Agent marchés publics de Perwez'] },
  { object: 'Gestion du courrier entrant', stage: 'cautionnement', people: ['Agent marchés publics d’Ottignies-Louvain-la-Neuve'] },
  { object: 'Guichet citoyen mutualisé', stage: 'execution', people: ['Agent marchés publics de Namur', 'Fonctionnaire dirigeant de Gembloux'] },
  { object: 'Registre des logements', stage: 'reception', people: ['Agent marchés publics de Perwez', 'Fonctionnaire dirigeant de Perwez'] },
  { object: 'Suivi des permis d’environnement', stage: 'garantie', people: ['Agent marchés publics de Marche-en-Famenne'] },
  { object: 'Portail des écoles communales', stage: 'cloture', people: ['Agent marchés publics de Wavre'] },
  { object: 'Inventaire de la signalisation', stage: 'annule', people: ['Agent marchés publics d’Andenne'] },
  { object: 'Guidage vers les parkings', stage: 'resilie', people: ['Agent marchés publics de Ciney'] },
];

inOrder('The files of the demo, at their stages', () => {
  const house = useBeffroi();

  for (const { object, stage, people } of files) {
    for (const person of people) {
      test(`${object}, for ${person}`, () =>
        house.withPage({}, async (page) => {
          await signInAs(page, person);
          await visit(page, '/marches');
          await page.getByRole('link', { name: object }).first().click();
          await page.getByRole('heading', { level: 1, name: object }).waitFor();
          assert.match(await page.locator('.track .done').nth(2).innerText(), /\d{4}/, 'the day of the adoption on the track');
          const record = new URL(page.url()).pathname;
          await checkPage(page);
          await shot(page, `${stage}-marche`);

          const pages = new Set(await linksBelow(page, record));
          for (const path of pages) {
            await visit(page, path);
            await checkPage(page);
            await shot(page, `${stage}${path.slice(record.length).replaceAll('/', '-')}`);
            for (const link of await linksBelow(page, record)) pages.add(link);
          }
          assert.ok(pages.size > 0, 'a record leads to its pages');
        }));
    }
  }

  test('a firm reads its results, its contract and its vouchers', () =>
    house.withPage({}, async (page) => {
      await signInAs(page, 'Gérant d’Aubier Logiciels');
      for (const path of ['/', '/offres', '/contrats', '/bons']) {
        await visit(page, path);
        await checkPage(page);
      }
      await visit(page, '/offres');
      const own = await page.locator('main a[href^="/offres/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      const pages = new Set(own.filter((path) => !/\.\w+$|courriers/.test(path)));
      for (const path of pages) {
        await visit(page, path);
        await checkPage(page);
        for (const link of await linksBelow(page, path)) pages.add(link);
      }
      assert.ok([...pages].some((path) => path.endsWith('/resultat')), 'a firm finds its result');
    }));
});

/** Pages of the same file that this page links to; files and lists turned over page by page are left out. */
async function linksBelow(page, record) {
  const paths = await page
    .locator(`a[href^="${record}/"]`)
    .evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  return paths.filter((path) => !/\.\w+$|\/documents\/|\/editions\/|\/fichiers\/|\/cahier\//.test(path));
}

// Every page of the files of the demo, at the stage where each stands, and of a contract that runs, as the people who work
// there read them.

import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { root } from './program.mjs';
import { done, follow } from './steps/walk.mjs';
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

/** A contract that runs, who reads it, and its pages. */
const contract = {
  object: 'Guichet citoyen mutualisé',
  people: [
    'Agent marchés publics de Namur',
    'Fonctionnaire dirigeant de Namur',
    'Collège communal de Gembloux',
    'Gérant d’Aubier Logiciels',
  ],
  pages: ['avances', 'consommation', 'manquements', 'modifications', 'penalites', 'prets', 'prix', 'revision'],
};

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

          const pages = await checkBelow(page, record, stage);
          assert.ok(pages.length > 0, 'a record leads to its pages');
        }));
    }
  }

  for (const person of contract.people) {
    test(`the contract that runs, for ${person}`, () =>
      house.withPage({}, async (page) => {
        await signInAs(page, person);
        await visit(page, '/contrats');
        await follow(page, contract.object);
        await page.getByRole('heading', { level: 1, name: contract.object }).waitFor();
        const record = new URL(page.url()).pathname;
        await shot(page, 'contrat-en-cours');

        const pages = await checkBelow(page, record, 'contrat');
        assert.deepEqual(pages.sort(), contract.pages.map((name) => `${record}/${name}`));
      }));
  }

  test('what was ordered month by month, for Agent marchés publics de Namur', () =>
    house.withPage({}, async (page) => {
      await signInAs(page, 'Agent marchés publics de Namur');
      await visit(page, '/bons');
      await follow(page, 'Commandes par commune et par mois');
      await page.getByRole('heading', { name: /^Mois par mois/ }).waitFor();
      await shot(page, 'bons-rapport');
    }));

  test('a firm sends the file of an invoice, and the finance director reads why it is refused', async () => {
    let invoice;
    await house.withPage({}, async (page) => {
      await signInAs(page, 'Gérant d’Aubier Logiciels');
      await visit(page, '/bons');
      await follow(page, 'Maintenance, premier semestre');
      await follow(page, 'Factures reçues');
      await page.getByLabel('Facture électronique').setInputFiles(path.join(root, 'tests/invoices/good/standard-rate.xml'));
      await done(page, 'Envoyer la facture');
      invoice = new URL(page.url()).pathname;
      await page.getByText('La facture est refusée').first().waitFor();
      await shot(page, 'facture-recue');
    });
    await house.withPage({}, async (page) => {
      await signInAs(page, 'Directeur financier de Namur');
      await visit(page, path.dirname(invoice));
      await checkPage(page);
      await shot(page, 'factures-recues');
      await page.locator(`main a[href="${invoice}"]`).click();
      await page.getByText('La facture est refusée').first().waitFor();
      await checkPage(page);
    });
  });

  test('a firm reads its results, its contract and its vouchers', () =>
    house.withPage({}, async (page) => {
      await signInAs(page, 'Gérant d’Aubier Logiciels');
      for (const address of ['/', '/offres', '/contrats', '/bons']) {
        await visit(page, address);
        await checkPage(page);
      }
      await visit(page, '/offres');
      const own = await page.locator('main a[href^="/offres/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      const pages = new Set(own.filter((address) => !/\.\w+$|courriers/.test(address)));
      for (const address of pages) {
        await visit(page, address);
        await checkPage(page);
        for (const link of await linksBelow(page, address)) pages.add(link);
      }
      assert.ok([...pages].some((address) => address.endsWith('/resultat')), 'a firm finds its result');
    }));
});

/** Checks every page that leads on from the open record; their addresses. */
async function checkBelow(page, record, name) {
  const pages = new Set(await linksBelow(page, record));
  for (const address of pages) {
    await visit(page, address);
    await checkPage(page);
    await shot(page, `${name}${address.slice(record.length).replaceAll('/', '-')}`);
    for (const link of await linksBelow(page, record)) pages.add(link);
  }
  return [...pages];
}

/** Pages of the same file that this page links to; files and lists turned over page by page are left out. */
async function linksBelow(page, record) {
  const addresses = await page
    .locator(`a[href^="${record}/"]`)
    .evaluateAll((links) => links.map((link) => new URL(link.href).pathname));
  return addresses.filter((address) => !/\.\w+$|\/documents\/|\/editions\/|\/fichiers\/|\/cahier\//.test(address));
}

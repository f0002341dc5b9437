// The road of a tender, from the need to the answers of its published call, as its people walk it: joint and isolated,
// with and without JavaScript.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { exampleAnswers, fillSection } from './example.mjs';
import { checkPage, shot, signInAs, useBeffroi, visit } from './support.mjs';

function inDays(days) {
  return new Date(Date.now() + days * 24 * 60 * 60 * 1000);
}

/** The day is that of Brussels, whatever the machine's own time. */
async function fillDate(page, field, day) {
  const [year, month, date] = day.toLocaleDateString('sv-SE', { timeZone: 'Europe/Brussels' }).split('-').map(Number);
  await page.locator(`[name="${field}-jour"]`).fill(String(date));
  await page.locator(`[name="${field}-mois"]`).fill(String(month));
  await page.locator(`[name="${field}-annee"]`).fill(String(year));
}

/** The addresses of the sections, read from the page's own text where the page runs no script. */
function sectionsOf(html, tender) {
  return [...new Set([...html.matchAll(/href="([^"#?]+)/g)].map(([, address]) => address))].filter((address) =>
    address.startsWith(`${tender}/cahier/`) && !address.endsWith('/document'),
  );
}

const roads = [
  { name: 'A joint tender', others: ['Gembloux', 'Marche-en-Famenne'], javascript: true },
  { name: 'A joint tender', others: ['Gembloux', 'Marche-en-Famenne'], javascript: false },
  { name: 'An isolated tender', others: [], javascript: true },
  { name: 'An isolated tender', others: [], javascript: false },
];

for (const { name, others, javascript } of roads) {
  describe(`${name}, ${javascript ? 'with' : 'without'} JavaScript`, () => {
    const joint = others.length > 0;
    const house = useBeffroi();
    let tender;

    const as = (person, journey) =>
      house.withPage({ javascript }, async (page) => {
        await signInAs(page, person);
        await journey(page);
      });

    test('Namur describes a need', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, '/besoins/nouveau');
        await checkPage(page);
        await page.getByLabel('Objet').fill('Guichet citoyen en logiciel libre');
        await page.getByLabel('Description').fill('Démarches en ligne des habitants.');
        await page.getByLabel('Code CPV').fill('72212000');
        await page.getByLabel('Estimation, hors TVA').fill('64 000,00');
        await page.getByLabel('Quantité').fill('1 guichet');
        await page.getByRole('button', { name: 'Enregistrer le besoin' }).click();
        await page.getByRole('status').waitFor();
        await checkPage(page);
        await shot(page, 'besoin');
      }));

    for (const commune of others) {
      test(`${commune} joins it`, () =>
        as(`Agent marchés publics de ${commune}`, async (page) => {
          await visit(page, '/besoins');
          await page.getByRole('link', { name: 'Guichet citoyen en logiciel libre' }).first().click();
          await page.getByLabel('Estimation, hors TVA').fill('20 000');
          await page.getByLabel('Quantité').fill('1 guichet');
          await page.getByRole('button', { name: 'Se joindre à ce besoin' }).click();
          await page.getByRole('status').waitFor();
        }));
    }

    test('Namur turns it into a tender', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, '/besoins');
        await page.getByRole('link', { name: 'Guichet citoyen en logiciel libre' }).first().click();
        const need = new URL(page.url()).pathname.split('/').pop();
        await visit(page, `/marches/nouveau?besoin=${need}`);
        await checkPage(page);
        await page.getByLabel('Estimation, hors TVA').fill('104 000,00');
        await page.getByLabel('Besoin propre, hors TVA').fill('64 000,00');
        await page.getByRole('button', { name: 'Continuer' }).click();
        await page.getByText('Étape 2 sur 3').waitFor();
        await checkPage(page);
        await page.getByLabel('Procédure', { exact: true }).selectOption({ label: 'Procédure négociée sans publication préalable' });
        await page.getByRole('button', { name: 'Relire avant de créer' }).click();
        await page.getByText('Étape 3 sur 3').waitFor();
        await checkPage(page);
        await shot(page, 'marche-relire');
        await page.getByRole('button', { name: 'Créer le marché' }).click();
        await page.getByRole('status').waitFor();
        tender = new URL(page.url()).pathname;
        assert.match(tender, /^\/marches\/MP-\d{4}-\d{4}$/);
        await checkPage(page);
        if (joint) {
          await page.getByRole('button', { name: 'Envoyer aux conseils' }).click();
          await page.getByRole('status').waitFor();
        }
        await shot(page, 'marche');
      }));

    for (const commune of joint ? ['Namur', ...others] : []) {
      test(`the council of ${commune} adheres`, () =>
        as(`Agent marchés publics de ${commune}`, async (page) => {
          await visit(page, `${tender}/adhesion`);
          await checkPage(page);
          await page.getByLabel(joint ? 'Le conseil adhère au marché conjoint' : 'Le conseil décide de passer ce marché', { exact: true }).check();
          await page.getByLabel('Jour').first().fill('20');
          await page.getByLabel('Mois').first().fill('10');
          await page.getByLabel('Année').first().fill('2025');
          await page.getByLabel('Numéro de la délibération').fill('2025/147');
          await fillDate(page, 'mandat', new Date(2025, 10, 3));
          await page.getByLabel('Article budgétaire').fill('104/742-53');
          await page.getByRole('button', { name: 'Enregistrer la réponse' }).click();
          await page.getByRole('status').waitFor();
        }));
    }

    const simulate = joint ? test : () => {};
    simulate('the simulator shows what another key would change', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, `${tender}/participants?cle=egal&part=`);
        await checkPage(page);
        assert.match(await page.locator('main').innerText(), /34\s666,67/u);
        await shot(page, 'simulateur');
      }));

    test('Namur answers what the specification asks', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, `${tender}/cahier`);
        await checkPage(page);
        await page.getByRole('button', { name: /rédaction/ }).click();
        await page.getByRole('status').waitFor();
        await checkPage(page);
        await shot(page, 'cahier');

        const answers = await exampleAnswers();
        answers.set('pnspp_motif', ['La dépense à approuver n’atteint pas le montant fixé pour cette procédure.']);
        const done = page.getByText('Rien ne manque');
        // A yes may open further questions: the list is walked again while it says that something is missing.
        for (let walk = 0; walk < 3 && !(await done.isVisible()); walk += 1) {
          for (const section of sectionsOf(await page.content(), tender)) {
            await visit(page, section);
            if (walk === 0) await checkPage(page);
            await fillSection(page, answers);
            await page.getByRole('button', { name: 'Enregistrer et revenir à la liste' }).click();
            await page.getByRole('status').waitFor();
          }
        }
        await done.waitFor();
        await visit(page, `${tender}/cahier/document`);
        await checkPage(page);
      }));

    test('the finance director gives the opinion, the council adopts', async () => {
      await as('Agent marchés publics de Namur', async (page) => {
        await visit(page, tender);
        await page.getByRole('button', { name: 'Demander l’avis de légalité' }).click();
        await page.getByRole('status').waitFor();
      });
      await as('Directeur financier de Namur', async (page) => {
        await visit(page, `${tender}/avis`);
        await checkPage(page);
        await page.getByLabel('Favorable', { exact: true }).check();
        await page.getByLabel('Motivation').fill('Les crédits sont inscrits au budget.');
        await page.getByRole('button', { name: 'Rendre l’avis' }).click();
        await page.getByRole('status').waitFor();
      });
      await as('Conseil communal de Namur', async (page) => {
        await visit(page, `${tender}/adoption`);
        await checkPage(page);
        await page.getByLabel('Conseil communal', { exact: true }).check();
        await fillDate(page, 'decision', new Date());
        await page.getByLabel('Numéro de la délibération').fill('2025/201');
        if (!joint) await page.getByLabel('Article budgétaire').fill('104/742-53');
        await page.getByRole('button', { name: 'Adopter les conditions' }).click();
        await page.getByRole('status').waitFor();
        await checkPage(page);
      });
    });

    test('Namur sends the call out', () =>
      as('Agent marchés publics de Namur', async (page) => {
        await visit(page, `${tender}/appel`);
        await checkPage(page);
        await fillDate(page, 'depot', inDays(30));
        await page.getByLabel('Aubier Logiciels').check();
        await page.getByLabel('Orneau Informatique').check();
        await page.getByRole('button', { name: 'Vérifier avant d’envoyer' }).click();
        await page.getByRole('button', { name: 'Lancer l’appel' }).waitFor();
        await checkPage(page);
        await shot(page, 'appel-verifier');
        await page.getByRole('button', { name: 'Lancer l’appel' }).click();
        await page.getByRole('status').waitFor();
        await checkPage(page);
      }));

    test('anybody reads the call, an invited firm asks, Namur answers everybody', async () => {
      const call = tender.replace('/marches/', '/appels/');
      await house.withPage({ javascript }, async (page) => {
        await visit(page, '/appels?q=guichet');
        await checkPage(page);
        await shot(page, 'appels');
        await page.locator(`a[href="${call}"]`).first().click();
        await page.getByRole('heading', { level: 1, name: 'Guichet citoyen en logiciel libre' }).waitFor();
        await checkPage(page);
        await shot(page, 'appel');
        const pdf = await page.request.get(`${call}/cahier.pdf`);
        assert.equal(pdf.status(), 200);
        assert.match((await pdf.body()).subarray(0, 5).toString(), /^%PDF-/);
      });
      await as(/Gérant d’Aubier Logiciels/, async (page) => {
        await visit(page, `${call}/question`);
        await checkPage(page);
        await page.getByLabel('Votre question').fill('Le paiement en ligne passe-t-il par un prestataire déjà choisi ?');
        await page.getByRole('button', { name: 'Poser la question' }).click();
        await page.getByRole('status').waitFor();
        await visit(page, tender, { status: 404 });
      });
      await as('Agent marchés publics de Namur', async (page) => {
        await visit(page, tender);
        assert.doesNotMatch(await page.locator('main').innerText(), /Aubier/, 'the file does not name who asked');
        await visit(page, `${tender}/questions`);
        await checkPage(page);
        await page.getByLabel(/Réponse à la question 1/).fill('Non : le choix revient à l’adjudicataire.');
        await page.getByRole('button', { name: 'Publier la réponse' }).first().click();
        await page.getByRole('status').waitFor();
      });
      await house.withPage({ javascript }, async (page) => {
        await visit(page, call);
        await page.getByText('Non : le choix revient à l’adjudicataire.').waitFor();
        assert.doesNotMatch(await page.content(), /Aubier/, 'nobody reads who asked');
      });
    });

    test('another commune does not see the file', () =>
      house.withPage({ javascript, keep: true }, async (page) => {
        await signInAs(page, 'Agent marchés publics de Wavre');
        await visit(page, tender, { status: 404 });
        await checkPage(page);
      }));
  });
}

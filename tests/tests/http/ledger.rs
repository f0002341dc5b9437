//! What is left of a contract, over its pages: the same figures for all, warnings by the dated figures, loans of parts.

use chrono::TimeDelta;
use domain::{
    authz::Actor,
    organisation::{OrganisationKind, Role},
};
use service::{
    store,
    testing::{Concluded, a_draft, an_approval},
    voucher,
};

use crate::site::{Answer, Browser, Site};

struct Contract {
    site: Site,
    concluded: Concluded,
}

impl Contract {
    async fn open() -> Self {
        let site = Site::open().await;
        site.world.now_is("2026-11-23 10:00");
        let concluded = site.world.concluded_contract("100000.00").await;
        Self { site, concluded }
    }

    fn path(&self, page: &str) -> String {
        format!("/contrats/{}{page}", self.concluded.reference)
    }

    /// The library that keeps sessions reads the machine's clock; this world has its own.
    async fn signed_in(&self, actor: &Actor) -> Browser {
        let browser = self.site.signed_in(actor).await;
        store::sessions::prolong(&self.site.world.services, TimeDelta::days(3_650)).await.expect("kept longer");
        browser
    }

    async fn read(&self, actor: &Actor, page: &str) -> String {
        let browser = self.signed_in(actor).await;
        let answer = self.site.get(&browser, &self.path(page)).await;
        assert_eq!(answer.status, 200, "{page}\n{}", answer.body);
        answer.assert_page();
        answer.read()
    }

    async fn draw(&self, days: &str) {
        let (services, officer) = (&self.site.world.services, &self.concluded.pilot().officer);
        voucher::draft(services, officer, self.concluded.reference, &a_draft(&[("P-02", days)])).await.expect("drawn");
    }

    async fn ordered(&self, days: &str) {
        let (world, pilot) = (&self.site.world, self.concluded.pilot());
        let id = world.checked_voucher(&self.concluded, pilot, &[("P-02", days)]).await;
        voucher::approve(&world.services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    }

    /// The form of the first loan of the page, with this button.
    async fn answer(&self, browser: &Browser, gesture: &str, version: &str) -> Answer {
        let page = self.site.get(browser, &self.path("/prets")).await;
        let loan = page.body.split("name=\"pret\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
        let loan = loan.unwrap_or_default().to_owned();
        let fields = [("geste", gesture), ("pret", loan.as_str()), ("version", version)];
        self.site.post(browser, &self.path("/prets"), &fields).await
    }
}

#[tokio::test]
async fn the_consumption_is_the_same_for_the_authority_and_the_firm_with_its_forecast() {
    let contract = Contract::open().await;
    contract.ordered("56").await;
    let early = contract.read(&contract.concluded.firm, "/consommation").await;
    assert!(early.contains("Il faut trente jours de contrat"), "{early}");
    assert!(!early.contains("Prévision</li>"), "nothing is forecast yet\n{early}");

    // A hundred days later: 336 euro a day, 66 400 euro are left.
    contract.site.world.now_is("2027-03-03 10:00");
    for actor in [&contract.concluded.firm, &contract.concluded.pilot().officer, &contract.concluded.parties[2].manager]
    {
        let page = contract.read(actor, "/consommation").await;
        for figure in ["le plafond est atteint le 17 septembre 2027", "33 600,00 €", "11/2026", "03/2027", "34 %"] {
            assert!(page.contains(figure), "{figure}\n{page}");
        }
        assert!(page.contains("09/2027") && !page.contains("10/2027"), "the forecast is drawn up to its month\n{page}");
        assert!(page.contains("Prévision</li>") && page.contains("34 %</text>"), "{page}");
        assert!(
            page.contains(">Prévision</span>") && page.contains("100 %</td>"),
            "the table holds the forecast too\n{page}"
        );
    }
}

#[tokio::test]
async fn a_draft_shows_as_reserved_to_all_and_a_rate_says_that_the_ceilings_alone_limit_it() {
    let contract = Contract::open().await;
    contract.draw("10").await;

    for actor in [&contract.concluded.firm, &contract.concluded.pilot().officer] {
        let page = contract.read(actor, "").await;
        for words in ["Réservé HTVA", "6 000,00 €", "61 455,62 €", "Tarif seul, sans quantité", "Il reste 2 forfaits"]
        {
            assert!(page.contains(words), "{words}\n{page}");
        }
    }
}

#[tokio::test]
async fn the_pages_warn_from_the_dated_figure_on() {
    let contract = Contract::open().await;
    let officer = &contract.concluded.pilot().officer;
    let warns = async |page: &str| contract.read(officer, page).await.contains("Ville de Namur atteint");
    // 79,16 % of 67 455,62 euro.
    contract.draw("89").await;
    assert!(!warns("/consommation").await);
    let union = contract.site.world.organisation(OrganisationKind::Union, "UVCW").await;
    let coordinator = contract.site.world.member(&union, Role::Coordinator).await;
    let coordinator = contract.signed_in(&coordinator).await;

    let fields = [
        ("valeur", "75"),
        ("du-jour", "24"),
        ("du-mois", "11"),
        ("du-annee", "2026"),
        ("source", "Décision du conseil"),
        ("certitude", "C"),
        ("verifie-jour", "23"),
        ("verifie-mois", "11"),
        ("verifie-annee", "2026"),
    ];
    let added = contract.site.post(&coordinator, "/parametres/framework.alert.first_percent/ajouter", &fields).await;
    assert_eq!(added.status, 303, "{}", added.body);
    assert!(!warns("/consommation").await, "from tomorrow on");
    contract.site.world.now_is("2026-11-24 10:00");
    assert!(warns("/consommation").await);

    let page = contract.signed_in(officer).await;
    let draft = format!("/bons/nouveau?contrat={}", contract.concluded.reference);
    let page = contract.site.get(&page, &draft).await;
    assert!(page.read().contains("atteint 79 %"), "{}", page.read());
}

#[tokio::test]
async fn a_loan_is_proposed_agreed_to_twice_and_told_to_all() {
    let contract = Contract::open().await;
    let [lender, borrower, _] = &contract.concluded.parties[..] else { panic!("three parties") };
    let officer = contract.signed_in(&lender.officer).await;
    let other = borrower.organisation.id.to_string();
    let propose = async |amount: &str, way: &str| {
        let fields = [("geste", "proposer"), ("sens", way), ("participant", other.as_str()), ("montant", amount)];
        contract.site.post(&officer, &contract.path("/prets"), &fields).await
    };

    let over = propose("67 455,63", "preter").await;
    assert!(
        over.status == 422 && over.read().contains("dépasse ce que le prêteur n’utilise pas : 67 455,62 €"),
        "{}",
        over.read()
    );
    assert_eq!(over.value("montant"), "67 455,63");
    for (amount, field) in [("", "montant"), ("dix", "montant"), ("-1", "montant"), ("0", "montant")] {
        let wrong = propose(amount, "preter").await;
        assert!(
            wrong.status == 422 && wrong.body.contains(&format!("id=\"{field}-erreur\"")),
            "{amount}: {}",
            wrong.body
        );
    }
    assert!(propose("1,00", "donner").await.body.contains("id=\"sens-erreur\""));
    assert_eq!(propose("10 000,00", "preter").await.status, 303);

    let lends = contract.signed_in(&lender.executive).await;
    let borrows = contract.signed_in(&borrower.executive).await;
    let note = "Un prêt de part attend votre accord";
    let link = format!("href=\"{}\"", contract.path("/prets"));
    let waits = async |browser: &Browser| contract.site.get(browser, "/").await.body.contains(&link);
    assert!(contract.read(&lender.executive, "").await.contains(note));
    assert_eq!((waits(&lends).await, waits(&borrows).await, waits(&officer).await), (true, true, false));
    assert_eq!(contract.answer(&lends, "accepter", "1").await.status, 303);
    assert_eq!((waits(&lends).await, waits(&borrows).await), (false, true));
    assert!(!contract.read(&lender.executive, "").await.contains(note));
    assert_eq!(contract.answer(&borrows, "accepter", "1").await.status, 409, "somebody else answered meanwhile");
    assert_eq!(contract.answer(&borrows, "accepter", "2").await.status, 303);
    assert!(!waits(&borrows).await);

    for actor in [&contract.concluded.firm, &contract.concluded.parties[2].officer] {
        let page = contract.read(actor, "").await;
        for figure in ["57 455,62 €", "26 568,05 €", "10 000,00 € prêtés", "10 000,00 € empruntés"] {
            assert!(page.contains(figure), "{figure}\n{page}");
        }
        let loans = contract.read(actor, "/prets").await;
        assert!(loans.contains("Accepté") && !loans.contains("name=\"geste\" value=\"accepter\""), "{loans}");
    }
    let trail = contract.signed_in(&lender.officer).await;
    let trail = contract.site.get(&trail, &format!("/marches/{}/historique", contract.concluded.reference)).await;
    for words in ["Prêt d’une part accepté", "Prêteur", "10 000,00 €"] {
        assert!(trail.read().contains(words), "{words}\n{}", trail.read());
    }
}

#[tokio::test]
async fn a_loan_is_not_there_for_a_stranger_and_offers_nothing_to_who_is_not_a_party() {
    let contract = Contract::open().await;
    let [lender, borrower, third] = &contract.concluded.parties[..] else { panic!("three parties") };
    let officer = contract.signed_in(&lender.officer).await;
    let other = borrower.organisation.id.to_string();
    let fields = [("geste", "proposer"), ("sens", "emprunter"), ("participant", other.as_str()), ("montant", "1,00")];
    assert_eq!(contract.site.post(&officer, &contract.path("/prets"), &fields).await.status, 303);

    let stranger = contract.site.world.officer("Tournai").await;
    let stranger = contract.signed_in(&stranger).await;
    for page in ["/prets", "/consommation"] {
        assert_eq!(contract.site.get(&stranger, &contract.path(page)).await.status, 404, "{page}");
    }
    assert_eq!(contract.site.post(&stranger, &contract.path("/prets"), &fields).await.status, 404);
    for actor in [&third.executive, &contract.concluded.firm] {
        let page = contract.read(actor, "/prets").await;
        assert!(page.contains("En attente") && !page.contains("name=\"geste\""), "{page}");
    }
    assert_eq!(contract.answer(&officer, "retirer", "1").await.status, 303);
    assert!(contract.read(&third.executive, "/prets").await.contains("Retiré"));
}

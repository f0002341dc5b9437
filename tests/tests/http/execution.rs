//! The performance of a contract over its pages: what is computed is shown before it is kept, and the supplier reads it.

use chrono::{Days, TimeDelta};
use domain::{
    authz::Actor,
    kernel::time::{brussels, date_short_french},
    voucher::{Found, VoucherDraft},
};
use service::{
    award, contract, store,
    testing::{Concluded, a_draft, an_approval},
    voucher::{self, DeliveryDraft},
};

use crate::site::{Answer, Browser, Site};

/// The library that keeps sessions reads the machine's clock; this world has its own.
async fn signed_in(site: &Site, actor: &Actor) -> Browser {
    let browser = site.signed_in(actor).await;
    store::sessions::prolong(&site.world.services, TimeDelta::days(3_650)).await.expect("kept longer");
    browser
}

struct Running {
    site: Site,
    concluded: Concluded,
    officer: Browser,
}

impl Running {
    async fn open() -> Self {
        let site = Site::open().await;
        let concluded = site.world.concluded_contract("100000.00").await;
        let officer = site.signed_in(&concluded.pilot().officer).await;
        Self { site, concluded, officer }
    }

    fn path(&self, page: &str) -> String {
        format!("/contrats/{}/{page}", self.concluded.reference)
    }

    /// The formula of the wages, with this in place of what would be accepted.
    async fn revise(&self, wrong: (&str, &str)) -> Answer {
        let from = brussels(self.site.world.services.now()).date() + Days::new(1);
        let [day, month, year] = ["%d", "%m", "%Y"].map(|part| from.format(part).to_string());
        let good = [
            ("geste", "appliquer"),
            ("version", "1"),
            ("fixe", "20"),
            ("termes", "80 ; 113,30 ; 110,00"),
            ("des-jour", day.as_str()),
            ("des-mois", month.as_str()),
            ("des-annee", year.as_str()),
        ];
        let fields = good.map(|(name, value)| if name == wrong.0 { wrong } else { (name, value) });
        self.site.post(&self.officer, &self.path("revision"), &fields).await
    }
}

#[tokio::test]
async fn a_revision_is_shown_with_each_new_price_before_it_is_applied() {
    let running = Running::open().await;

    let computed = running.revise(("geste", "calculer")).await;
    assert_eq!(computed.status, 303, "{}", computed.read());
    let address = computed.header("location").split('#').next().unwrap_or_default().to_owned();
    let from = brussels(running.site.world.services.now()).date() + Days::new(1);
    let typed = running.site.get(&running.officer, &address).await;
    assert_eq!(typed.value("des-jour"), from.format("%d").to_string(), "the day that was typed is still there");
    assert_eq!(typed.value("des-annee"), from.format("%Y").to_string());
    let asked = format!("{}?fixe=20&termes=80%20%3B%20113%2C30%20%3B%20110%2C00", running.path("revision"));
    let shown = running.site.get(&running.officer, &asked).await;
    assert!(shown.read().contains("Coefficient : 1,024"), "{}", shown.read());
    assert!(shown.read().contains("614,40 €"), "{}", shown.read());
    let kept = running.site.get(&running.officer, &running.path("prix")).await;
    assert!(!kept.read().contains("614,40 €"), "nothing is kept by a computation");

    assert_eq!(running.revise(("", "")).await.status, 303);
    let firm = running.site.signed_in(&running.concluded.firm).await;
    let read = running.site.get(&firm, &running.path("prix")).await;
    assert!(read.read().contains("614,40 €") && read.read().contains("Révision, coefficient 1,024"), "{}", read.read());
}

#[tokio::test]
async fn a_wrong_formula_comes_back_with_its_sentence_and_an_older_page_is_stale() {
    let running = Running::open().await;

    for (wrong, sentence) in [
        (("termes", "80 ; 113,30"), "ligne 1"),
        (("fixe", "30"), "Les poids font 110"),
        (("des-annee", "2020"), "Ces prix s’appliquent au plus tôt"),
        (("termes", "80 ; douze ; 110,00"), "ligne 1"),
    ] {
        let answer = running.revise(wrong).await;
        assert_eq!(answer.status, 422, "{wrong:?}");
        assert!(answer.read().contains(sentence), "{wrong:?}: {}", answer.read());
        assert_eq!(answer.value(wrong.0), wrong.1, "as it was typed");
    }
    assert_eq!(running.revise(("", "")).await.status, 303);
    let later = running.revise(("des-annee", "2027")).await;
    assert_eq!(later.status, 409, "{}", later.read());
}

#[tokio::test]
async fn a_voucher_read_at_the_prices_of_yesterday_is_read_again_before_it_is_drawn() {
    let running = Running::open().await;
    let (site, reference) = (&running.site, running.concluded.reference.to_string());
    let typed = [
        ("contrat", reference.as_str()),
        ("objet", "Connecteur"),
        ("adresse", "Hôtel de Ville 1"),
        ("quantite-P-02", "1"),
    ];
    assert_eq!(running.revise(("", "")).await.status, 303);
    let filled = site.post(&running.officer, "/bons/nouveau", &typed).await;
    let read = site.get(&running.officer, filled.header("location")).await;
    assert!(read.read().contains("726,00 €"), "{}", read.read());

    site.world.hours_pass(24);
    let officer = signed_in(site, &running.concluded.pilot().officer).await;
    let confirm = async |page: &Answer| {
        let hidden = page.hidden();
        let fields: Vec<_> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        site.post(&officer, "/bons/nouveau/verifier", &fields).await
    };
    let stale = confirm(&read).await;

    assert_eq!(stale.status, 409, "{}", stale.read());
    assert!(stale.read().contains("743,42 €") && !stale.read().contains("726,00 €"), "{}", stale.read());
    let list = site.get(&officer, "/bons").await;
    assert!(!list.read().contains("Connecteur"), "nothing is drawn yet");
    assert_eq!(confirm(&stale).await.status, 303);
}

#[tokio::test]
async fn an_earlier_voucher_is_taken_up_again_at_the_prices_of_today() {
    let running = Running::open().await;
    let (site, concluded) = (&running.site, &running.concluded);
    assert_eq!(running.revise(("", "")).await.status, 303);
    let earlier = site.world.checked_voucher(concluded, concluded.pilot(), &[("P-02", "1")]).await;
    let record = site.get(&running.officer, &format!("/bons/{earlier}")).await;
    assert!(record.read().contains("726,00 €"), "{}", record.read());

    site.world.hours_pass(24);
    let officer = signed_in(site, &concluded.pilot().officer).await;
    let address = format!("/bons/nouveau?contrat={}&reprend={earlier}", concluded.reference);
    let page = site.get(&officer, &address).await;

    page.assert_page();
    assert_eq!(page.value("quantite-P-02"), "1");
    assert!(page.read().contains("614,40 € HTVA par"), "{}", page.read());
}

#[tokio::test]
async fn a_modification_above_the_small_limit_cites_its_article_and_asks_for_a_reason() {
    let running = Running::open().await;
    let today = brussels(running.site.world.services.now()).date();
    let [day, month, year] = ["%d", "%m", "%Y"].map(|part| today.format(part).to_string());
    let send = async |reason: &str| {
        let fields = [
            ("version", "1"),
            ("fondement", "minimis"),
            ("objet", "Deux connecteurs"),
            ("montant", "11 000,00"),
            ("decision-jour", day.as_str()),
            ("decision-mois", month.as_str()),
            ("decision-annee", year.as_str()),
            ("numero", "CCL-115"),
            ("raison", reason),
        ];
        running.site.post(&running.officer, &running.path("modifications"), &fields).await
    };

    let silent = send("").await;
    assert_eq!(silent.status, 422);
    assert!(silent.read().contains("Cette modification dépasse une limite"), "{}", silent.read());
    assert!(silent.read().contains("art. 38/4"), "{}", silent.read());
    assert!(silent.read().contains("Compté : 0,00 €"), "what is not recorded is not counted: {}", silent.read());
    assert!(!silent.read().contains("Limite atteinte"), "{}", silent.read());
    assert_eq!(send("Avis du service juridique").await.status, 303);
    let listed = running.site.get(&running.officer, &running.path("modifications")).await;
    assert!(listed.read().contains("11 000,00 €") && listed.read().contains("Deux connecteurs"), "{}", listed.read());
    assert!(listed.read().contains("Compté : 11 000,00 € ; limite, non comprise : 10 000,00 €"), "{}", listed.read());
    assert!(listed.read().contains("Limite atteinte"), "{}", listed.read());
}

#[tokio::test]
async fn a_modification_says_whose_part_moves_and_the_consumption_shows_the_ceiling_of_before_and_after() {
    let running = Running::open().await;
    let other = &running.concluded.parties[1].organisation;
    let today = brussels(running.site.world.services.now()).date();
    let [day, month, year] = ["%d", "%m", "%Y"].map(|part| today.format(part).to_string());
    let part_field = format!("part-{}", other.id);
    let send = async |amount: &str, part: &str| {
        let fields = [
            ("version", "1"),
            ("fondement", "review_clause"),
            ("objet", "Deux connecteurs"),
            ("montant", amount),
            (part_field.as_str(), part),
            ("decision-jour", day.as_str()),
            ("decision-mois", month.as_str()),
            ("decision-annee", year.as_str()),
            ("numero", "CCL-116"),
        ];
        running.site.post(&running.officer, &running.path("modifications"), &fields).await
    };

    let wrong = send("3 000,00", "mille").await;
    assert_eq!((wrong.status, wrong.value(&part_field)), (422, "mille".to_owned()));
    let too_much = send("-90 000,00", "-90 000,00").await;
    assert_eq!(too_much.status, 422);
    assert!(too_much.read().contains("ne descend pas sous ce qu’il a commandé"), "{}", too_much.read());
    assert_eq!(send("3 000,00", "1 000,00").await.status, 303);

    let listed = running.site.get(&running.officer, &running.path("modifications")).await;
    assert!(listed.read().contains(&format!("{} : 1 000,00 €", other.name)), "{}", listed.read());
    let firm = running.site.signed_in(&running.concluded.firm).await;
    let read = running.site.get(&firm, &running.path("consommation")).await;
    for words in ["Évolution du plafond", "100 000,00 €", "103 000,00 €", "Deux connecteurs (art. 38, CCL-116)"] {
        assert!(read.read().contains(words), "{words}\n{}", read.read());
    }
}

#[tokio::test]
async fn an_advance_is_shown_with_its_reasons_before_it_is_recorded() {
    let running = Running::open().await;
    let today = brussels(running.site.world.services.now()).date();
    let [day, month, year] = ["%d", "%m", "%Y"].map(|part| today.format(part).to_string());
    let next_year = (today + Days::new(366)).format("%Y").to_string();
    let send = async |gesture: &str, size: &str, year: &str| {
        let fields = [
            ("geste", gesture),
            ("version", "1"),
            ("cas", size),
            ("taille-jour", day.as_str()),
            ("taille-mois", month.as_str()),
            ("taille-annee", year),
        ];
        running.site.post(&running.officer, &running.path("avances"), &fields).await
    };

    let early = send("calculer", "micro", &next_year).await;
    assert_eq!((early.status, early.value("taille-annee")), (422, next_year.clone()));
    assert!(early.read().contains("est à venir"), "{}", early.read());
    let other = send("calculer", "pnspp", &year).await;
    assert_eq!(other.status, 422);
    assert!(other.read().contains("L’avance suit la taille de l’entreprise"), "{}", other.read());
    let computed = send("calculer", "micro", &year).await;
    assert_eq!(computed.status, 303, "{}", computed.read());
    let address = computed.header("location").split('#').next().unwrap_or_default().to_owned();
    let shown = running.site.get(&running.officer, &address).await;
    assert!(shown.read().contains("21 175,00 €") && shown.read().contains("4 235,00 €"), "{}", shown.read());
    assert_eq!(shown.value("taille-annee"), year);
    let nothing = running.site.get(&running.officer, &running.path("avances")).await;
    assert!(!nothing.read().contains("Avance accordée le"), "nothing is kept by a computation");

    assert_eq!(send("enregistrer", "micro", &year).await.status, 303);
    let kept = running.site.get(&running.officer, &running.path("avances")).await;
    assert!(kept.read().contains("Avance accordée le") && kept.read().contains("4 235,00 €"), "{}", kept.read());
}

#[tokio::test]
async fn a_decided_penalty_names_its_voucher_and_its_delivery() {
    let running = Running::open().await;
    let (world, concluded) = (&running.site.world, &running.concluded);
    let (services, pilot) = (&world.services, concluded.pilot());
    let today = || brussels(services.now()).date();
    let draft = VoucherDraft { wanted_on: Some(today()), ..a_draft(&[("P-02", "50")]) };
    let id = voucher::draft(services, &pilot.officer, concluded.reference, &draft).await.expect("drawn");
    voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await.expect("checked");
    voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
    voucher::confirm(services, &concluded.firm, id, 4).await.expect("accepted");
    world.hours_pass(20 * 24);
    let brought = DeliveryDraft { on: today(), note: String::new(), quantities: draft.quantities };
    voucher::deliver(services, &concluded.firm, id, 5, &brought).await.expect("delivered");
    voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("received");
    let found = store::contracts::find(services, pilot.manager.scope(), concluded.reference).await.expect("seen");
    let late = world.voucher(&pilot.officer, id).await;
    let manager = signed_in(&running.site, &pilot.manager).await;

    let (version, delivery) = (found.version.to_string(), late.deliveries[0].id.to_string());
    let fields = [("version", version.as_str()), ("livraison", delivery.as_str())];
    let claimed = running.site.post(&manager, &running.path("penalites"), &fields).await;

    assert_eq!(claimed.status, 303, "{}", claimed.read());
    let page = running.site.get(&manager, &running.path("penalites")).await;
    let number = late.number.expect("approved");
    let head = format!("{number}, livraison du {}", date_short_french(late.deliveries[0].delivered_on));
    assert!(page.read().contains(&head), "{head}\n{}", page.read());
}

#[tokio::test]
async fn a_report_of_failure_sent_twice_is_one_report() {
    let site = Site::open().await;
    let awarded = site.world.concluded_award("Namur").await;
    let manager = signed_in(&site, &awarded.manager).await;
    let path = format!("/contrats/{}/manquements", awarded.reference);
    let key = site.get(&manager, &path).await.value("cle-formulaire");
    let report = async |text: &str| {
        let fields = [("cle-formulaire", key.as_str()), ("geste", "constater"), ("manquements", text)];
        site.post(&manager, &path, &fields).await.status
    };

    assert_eq!(report("Rien n’est livré").await, 303);
    assert_eq!(report("Rien n’est livré").await, 303);
    assert_eq!(report("Toujours rien").await, 422, "another text under the key of the first");

    let reports = contract::failures(&site.world.services, &awarded.manager, awarded.reference).await.expect("read");
    assert_eq!(reports.len(), 1);
}

#[tokio::test]
async fn the_firm_reads_its_delay_answers_on_its_page_and_silence_is_told() {
    let site = Site::open().await;
    let awarded = site.world.concluded_award("Namur").await;
    let (services, reference) = (&site.world.services, awarded.reference);
    award::ask_surety(services, &awarded.officer, reference).await.expect("asked");
    let today = brussels(services.now()).date();
    award::deposit_surety(services, &awarded.officer, reference, today, "CDC-1").await.expect("deposited");
    let manager = signed_in(&site, &awarded.manager).await;
    let firm = signed_in(&site, &awarded.firms[0].1).await;
    let path = format!("/contrats/{reference}/manquements");
    let report = [("geste", "constater"), ("manquements", "Rien n’est livré")];

    let waits = async |firm: &Browser| site.get(firm, "/").await.body.contains(&format!("href=\"{path}\""));

    assert!(!waits(&firm).await);
    let told = site.post(&manager, &path, &report).await;
    assert_eq!(told.status, 303, "{}", told.read());
    assert!(waits(&firm).await, "it stands on the first page of the firm");
    let shown = site.get(&firm, &path).await;
    assert!(
        shown.read().contains("Rien n’est livré") && shown.read().contains("Défense possible jusqu’au"),
        "{}",
        shown.read()
    );
    let failures = contract::failures(services, &awarded.firms[0].1, reference).await.expect("read");
    let id = failures[0].report.to_string();
    let field = format!("defense-{id}");
    let answer = |text| [("geste", "repondre"), ("proces-verbal", id.as_str()), (field.as_str(), text)];
    let empty = site.post(&firm, &path, &answer("")).await;
    assert_eq!(empty.status, 422);
    assert_eq!(site.post(&manager, &path, &answer("Pas moi")).await.status, 403);
    assert_eq!(site.post(&firm, &path, &answer("La livraison est prête")).await.status, 303);
    let heard = site.get(&manager, &path).await;
    assert!(heard.read().contains("La livraison est prête"), "{}", heard.read());
    assert!(!waits(&firm).await, "answered");

    assert_eq!(site.post(&manager, &path, &report).await.status, 303);
    assert!(waits(&firm).await, "another one");
    site.world.hours_pass(24 * 20);
    let firm = signed_in(&site, &awarded.firms[0].1).await;
    assert!(!waits(&firm).await, "the delay is over");
    let manager = signed_in(&site, &awarded.manager).await;
    let silent = site.get(&manager, &path).await;
    assert!(silent.read().contains("Ce silence vaut reconnaissance des faits"), "{}", silent.read());
}

#[tokio::test]
async fn every_page_of_the_performance_is_read_by_the_parties_and_by_nobody_else() {
    let running = Running::open().await;
    let site = &running.site;
    let stranger = site.world.officer("Tournai").await;
    let stranger = site.signed_in(&stranger).await;
    let participant = site.signed_in(&running.concluded.parties[1].officer).await;
    let firm = site.signed_in(&running.concluded.firm).await;

    for page in ["prix", "revision", "modifications", "penalites", "manquements", "avances"] {
        let path = running.path(page);
        for browser in [&running.officer, &participant, &firm] {
            assert_eq!(site.get(browser, &path).await.status, 200, "{path}");
        }
        assert_eq!(site.get(&stranger, &path).await.status, 404, "{path}");
    }
}

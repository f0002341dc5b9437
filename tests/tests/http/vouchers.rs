//! Vouchers over their pages: what is typed wrong comes back with its sentence, what is not one's own is not there.

use chrono::NaiveDate;
use domain::{
    kernel::{Money, ids::VoucherId, time::brussels},
    organisation::Role,
    voucher::{Found, Status, VoucherDraft},
};
use service::{
    testing::{Concluded, a_draft, an_approval, quantities},
    voucher::{self, DeliveryDraft, InvoiceDraft},
};

use crate::site::{Answer, Browser, Site};

struct Orders {
    site: Site,
    concluded: Concluded,
    officer: Browser,
}

impl Orders {
    async fn open() -> Self {
        let site = Site::open().await;
        let concluded = site.world.concluded_contract("100000.00").await;
        let officer = site.signed_in(&concluded.pilot().officer).await;
        Self { site, concluded, officer }
    }

    /// Draws a voucher of one day, with this in place of what would be accepted.
    async fn draw(&self, wrong: (&str, &str)) -> Answer {
        let reference = self.concluded.reference.to_string();
        let good = [
            ("contrat", reference.as_str()),
            ("objet", "Connecteur"),
            ("adresse", "Hôtel de Ville 1"),
            ("quantite-P-01", ""),
            ("quantite-P-02", "1"),
            ("quantite-P-03", ""),
            ("livraison-jour", ""),
            ("livraison-mois", ""),
            ("livraison-annee", ""),
        ];
        let fields = good.map(|(name, value)| if name == wrong.0 { wrong } else { (name, value) });
        self.site.post(&self.officer, "/bons/nouveau", &fields).await
    }

    fn today(&self) -> NaiveDate {
        brussels(self.site.world.services.now()).date()
    }

    async fn version(&self, id: VoucherId) -> i32 {
        self.site.world.voucher(&self.concluded.firm, id).await.version
    }

    /// The firm announces so many days of development.
    async fn deliver(&self, id: VoucherId, days: &str) {
        let brought =
            DeliveryDraft { on: self.today(), note: String::new(), quantities: quantities(&[("P-02", days)]) };
        let (services, version) = (&self.site.world.services, self.version(id).await);
        voucher::deliver(services, &self.concluded.firm, id, version, &brought).await.expect("delivered");
    }

    /// The firm states what is accepted and not invoiced.
    async fn state_invoice(&self, id: VoucherId, number: &str) {
        let (services, firm) = (&self.site.world.services, &self.concluded.firm);
        let voucher = self.site.world.voucher(firm, id).await;
        let (excluding, vat, including) = voucher.due().expect("it fits");
        let invoice = InvoiceDraft {
            number: number.to_owned(),
            issued_on: self.today(),
            excluding,
            vat,
            including,
            prepaid: Money::ZERO,
        };
        voucher::state_invoice(services, firm, id, voucher.version, &invoice).await.expect("invoiced");
    }
}

fn assert_kept(answer: &Answer, (field, typed): (&str, &str), sentence: &str) {
    assert_eq!(answer.status, 422, "{field} {typed}\n{}", answer.body);
    answer.assert_page();
    assert_eq!(
        answer.read().matches(sentence).count(),
        2,
        "{sentence}, in the summary and at the field\n{}",
        answer.read()
    );
    assert_eq!(answer.value(field), typed);
    assert!(answer.body.contains(&format!("id=\"{field}-erreur\"")), "the sentence stands at {field}");
}

#[tokio::test]
async fn a_wrong_quantity_comes_back_with_its_sentence() {
    let orders = Orders::open().await;

    for (typed, sentence) in [
        ("deux", "Écrivez une quantité, par exemple 2,5"),
        ("1e3", "Écrivez une quantité, par exemple 2,5"),
        ("-1", "Écrivez une quantité positive, sans signe moins"),
        ("0,0001", "trois décimales au plus"),
        ("1000000000000000", "Vérifiez cette quantité"),
        ("<script>alert(1)</script>", "Écrivez une quantité, par exemple 2,5"),
    ] {
        let answer = orders.draw(("quantite-P-02", typed)).await;

        assert_kept(&answer, ("quantite-P-02", typed), sentence);
        assert_eq!(answer.value("objet"), "Connecteur", "nothing that was typed is lost");
    }
}

#[tokio::test]
async fn a_voucher_over_the_share_says_what_is_left_and_one_of_nothing_asks_for_a_line() {
    let orders = Orders::open().await;

    let over = orders.draw(("quantite-P-02", "112,5")).await;
    assert_eq!(over.status, 422);
    assert!(
        over.read().contains(
            "Ce bon de 67 500,00 € HTVA dépasse la part de votre organisation : 67 455,62 € HTVA restent disponibles"
        ),
        "{}",
        over.read()
    );
    assert_eq!(over.value("quantite-P-02"), "112,5");

    let nothing = orders.draw(("quantite-P-02", "0")).await;
    assert!(nothing.status == 422 && nothing.read().contains("Écrivez une quantité à une ligne au moins"));
    let fixed = orders.draw(("quantite-P-01", "2,001")).await;
    assert!(fixed.status == 422 && fixed.read().contains("est fixe : il en reste 2 forfaits"));
    let absurd = orders.draw(("quantite-P-02", "999999999999")).await;
    assert!(
        absurd.status == 422
            && absurd.read().contains("dépasse le plafond du contrat : 100 000,00 € HTVA restent disponibles"),
        "{}",
        absurd.read()
    );
}

#[tokio::test]
async fn a_good_voucher_is_read_before_it_is_drawn_and_its_record_shows_its_totals() {
    let orders = Orders::open().await;
    let shows_its_totals = |page: &Answer| {
        page.assert_page();
        for figure in ["735,00 €", "126,00 €", "8,10 €", "869,10 €"] {
            assert!(page.read().contains(figure), "{figure}\n{}", page.read());
        }
    };

    let filled = orders.draw(("quantite-P-03", "1,5")).await;

    assert_eq!(filled.status, 303, "{}", filled.body);
    let read = orders.site.get(&orders.officer, filled.header("location")).await;
    shows_its_totals(&read);
    let list = orders.site.get(&orders.officer, "/bons").await;
    assert!(!list.read().contains("Connecteur"), "nothing is drawn yet");
    let hidden = read.hidden();
    let fields: Vec<_> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let drawn = orders.site.post(&orders.officer, "/bons/nouveau/verifier", &fields).await;
    let again = orders.site.post(&orders.officer, "/bons/nouveau/verifier", &fields).await;
    assert_eq!((drawn.status, drawn.header("location")), (303, again.header("location")), "{}", drawn.body);
    shows_its_totals(&orders.site.get(&orders.officer, drawn.header("location")).await);
}

#[tokio::test]
async fn what_was_typed_comes_back_from_the_page_that_reads_it() {
    let orders = Orders::open().await;
    let filled = orders.draw(("objet", "Été & hiver")).await;

    let back = filled.header("location").replace("/verifier", "");
    let page = orders.site.get(&orders.officer, &back).await;

    page.assert_page();
    assert_eq!((page.value("objet").as_str(), page.value("quantite-P-02").as_str()), ("Été & hiver", "1"));
    assert_eq!(orders.site.get(&orders.officer, "/bons/nouveau/verifier").await.status, 404);
}

#[tokio::test]
async fn an_earlier_voucher_is_taken_up_again_line_by_line() {
    let orders = Orders::open().await;
    let (world, concluded) = (&orders.site.world, &orders.concluded);
    let id = world.checked_voucher(concluded, concluded.pilot(), &[("P-02", "2.5"), ("P-03", "4")]).await;
    let address = format!("/bons/nouveau?contrat={}&reprend=", concluded.reference);

    let record = orders.site.get(&orders.officer, &format!("/bons/{id}")).await;
    assert!(record.body.contains(&format!("{}{id}", address.replace('&', "&amp;"))), "{}", record.body);
    let page = orders.site.get(&orders.officer, &format!("{address}{id}")).await;

    page.assert_page();
    assert!(page.read().contains("Repris de"), "{}", page.read());
    let values = ["objet", "quantite-P-01", "quantite-P-02", "quantite-P-03"].map(|field| page.value(field));
    assert_eq!(values, ["Connecteur de l’état civil", "", "2,5", "4"]);
    let unknown = format!("{address}ffffffff-ffff-ffff-ffff-ffffffffffff");
    assert_eq!(orders.site.get(&orders.officer, &unknown).await.status, 404);
    let participant = orders.site.signed_in(&concluded.parties[1].officer).await;
    assert_eq!(orders.site.get(&participant, &format!("{address}{id}")).await.status, 404, "it is not theirs");
}

#[tokio::test]
async fn the_address_of_the_list_is_its_filter_and_its_files_follow_it() {
    let orders = Orders::open().await;
    let (world, concluded) = (&orders.site.world, &orders.concluded);
    let (pilot, other) = (concluded.pilot(), &concluded.parties[1]);
    let services = &world.services;
    world.checked_voucher(concluded, pilot, &[("P-02", "2")]).await;
    let draft = VoucherDraft { object: "Formation des agents".to_owned(), ..a_draft(&[("P-02", "1")]) };
    voucher::draft(services, &other.officer, concluded.reference, &draft).await.expect("drawn");
    let address = format!("/bons?texte=formation&participant={}&page=1", other.organisation.id);

    let page = orders.site.get(&orders.officer, &address).await;

    page.assert_page();
    assert!(page.read().contains("1 bon") && page.read().contains("Formation des agents"), "{}", page.read());
    assert!(!page.read().contains("Connecteur"), "{}", page.read());
    assert!(["600,00 €", "pas commandés"].iter().all(|words| page.read().contains(words)), "{}", page.read());
    assert_eq!(page.value("texte"), "formation");
    let files = format!("/bons/liste.csv?texte=formation&participant={}", other.organisation.id);
    assert!(page.body.contains(&files.replace('&', "&amp;")), "{}", page.body);
    let csv = orders.site.get(&orders.officer, &files).await;
    assert_eq!((csv.status, csv.header("content-type")), (200, "text/csv; charset=utf-8"));
    assert!(csv.body.contains("Formation des agents") && !csv.body.contains("Connecteur"), "{}", csv.body);
    let xlsx = orders.site.bytes(&orders.officer, &files.replace(".csv", ".xlsx")).await;
    assert!(xlsx.starts_with(b"PK"));
    for file in ["/bons/liste.csv", "/bons/liste.xlsx"] {
        assert_eq!(orders.site.get(&Browser::default(), file).await.status, 404, "{file}");
    }
    let nothing = orders.site.get(&orders.officer, "/bons?annee=2019").await;
    assert!(nothing.read().contains("Aucun bon ne répond à ces filtres"), "{}", nothing.read());
}

#[tokio::test]
async fn a_filter_that_can_not_be_read_is_told_at_its_field_and_shows_nothing() {
    let orders = Orders::open().await;
    orders.site.world.checked_voucher(&orders.concluded, orders.concluded.pilot(), &[("P-02", "2")]).await;

    for (field, typed, sentence) in [
        ("annee", "demain", "Écrivez un nombre entier de 1900 à 2200"),
        ("annee", "20266", "Écrivez un nombre entier de 1900 à 2200"),
        ("contrat", "MP-x", "Écrivez la référence du contrat, par exemple MP-2026-0001"),
    ] {
        let query = format!("?{field}={typed}&texte=connecteur");
        let page = orders.site.get(&orders.officer, &format!("/bons{query}")).await;

        page.assert_page();
        assert_eq!(page.read().matches(sentence).count(), 2, "{typed}: {}", page.read());
        assert!(page.body.contains(&format!("id=\"{field}-erreur\"")), "{}", page.body);
        assert_eq!((page.value(field), page.value("texte")), (typed.to_owned(), "connecteur".to_owned()));
        assert!(!page.read().contains("Connecteur de l’état civil") && !page.read().contains("Aucun bon"), "no result");
        for kind in ["csv", "xlsx"] {
            let file = format!("/bons/liste.{kind}{query}");
            assert_eq!(orders.site.get(&orders.officer, &file).await.status, 404, "{file}");
        }
    }
}

#[tokio::test]
async fn several_approved_vouchers_are_named_then_sent_and_each_is_told() {
    let orders = Orders::open().await;
    let (world, concluded) = (&orders.site.world, &orders.concluded);
    let pilot = concluded.pilot();
    let mut ids = Vec::new();
    for days in ["1", "2"] {
        let id = world.checked_voucher(concluded, pilot, &[("P-02", days)]).await;
        voucher::approve(&world.services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
        ids.push(id);
    }
    let ticks = |page: &Answer| page.body.matches("name=\"bon\"").count();
    assert_eq!(ticks(&orders.site.get(&orders.officer, "/bons").await), 2);
    let college = orders.site.signed_in(&pilot.executive).await;
    assert_eq!(ticks(&orders.site.get(&college, "/bons").await), 0, "the officer sends");

    let asked = orders.site.get(&orders.officer, &format!("/bons/envoi?bon={}&bon={}", ids[0], ids[1])).await;

    asked.assert_page();
    assert!(asked.read().contains("000001") && asked.read().contains("000002"), "{}", asked.read());
    assert!(asked.read().contains("Envoyer 2 bons"), "{}", asked.read());
    let hidden = asked.hidden();
    let fields: Vec<_> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let sent = orders.site.post(&orders.officer, "/bons/envoi", &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    let told = orders.site.get(&orders.officer, sent.header("location")).await;
    told.assert_page();
    assert!(told.read().contains("2 bons envoyés sur 2"), "{}", told.read());
    for id in &ids {
        assert_eq!(world.voucher(&concluded.firm, *id).await.status, Status::Sent);
    }
    let again = orders.site.post(&orders.officer, "/bons/envoi", &fields).await;
    let told = orders.site.get(&orders.officer, again.header("location")).await;
    assert!(told.read().contains("0 bon envoyé sur 2") && told.read().contains("Ce bon n’en est pas à cette étape"));
    let nothing = orders.site.post(&orders.officer, "/bons/envoi", &[]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.body.contains("href=\"#bon\"") && nothing.body.contains("id=\"bon\""), "{}", nothing.body);
    let firm = orders.site.signed_in(&concluded.firm).await;
    assert_eq!(orders.site.get(&firm, "/bons/envoi").await.status, 404);
}

#[tokio::test]
async fn a_voucher_is_split_over_articles_that_form_its_total() {
    let orders = Orders::open().await;
    let pilot = orders.concluded.pilot();
    let services = &orders.site.world.services;
    let draft = a_draft(&[("P-02", "1")]);
    let id = voucher::draft(services, &pilot.officer, orders.concluded.reference, &draft).await.expect("drawn");
    let director = orders.site.signed_in(&pilot.director).await;
    let check = async |article: &str, part: &str| {
        let fields = [
            ("version", "1"),
            ("article", "104/123-13"),
            ("credit", "500,00"),
            ("article-2", article),
            ("montant-2", part),
            ("credit-2", "226,00"),
            ("engagement", "2026-1"),
            ("engage-le-jour", "20"),
            ("engage-le-mois", "11"),
            ("engage-le-annee", "2026"),
        ];
        orders.site.post(&director, &format!("/bons/{id}/controle"), &fields).await
    };

    let sentence = "Écrivez l’article budgétaire, par exemple 104/123-13";
    assert_kept(&check("421", "226,00").await, ("article-2", "421"), sentence);
    let twice = check("104/123-13", "226,00").await;
    assert!(twice.status == 422 && twice.read().contains("est écrit deux fois"), "{}", twice.read());
    let short = check("421/123-13", "225,99").await;
    assert!(short.status == 422 && short.read().contains("Le crédit déclaré, 500,00 €"), "{}", short.read());
    assert_eq!(short.value("montant-2"), "225,99");
    assert_eq!(check("421/123-13", "226,00").await.status, 303);

    let record = orders.site.get(&director, &format!("/bons/{id}")).await;
    for part in ["104/123-13 : 500,00 € TVAC", "421/123-13 : 226,00 € TVAC"] {
        assert!(record.read().contains(part), "{part}\n{}", record.read());
    }
    let college = orders.site.signed_in(&pilot.executive).await;
    let approval = orders.site.get(&college, &format!("/bons/{id}/approbation")).await;
    assert!(approval.read().contains("226,00 € TVAC sont imputés sur l’article 421/123-13"), "{}", approval.read());
}

#[tokio::test]
async fn a_wrong_article_or_commitment_comes_back_with_its_sentence() {
    let orders = Orders::open().await;
    let pilot = orders.concluded.pilot();
    let services = &orders.site.world.services;
    let id = voucher::draft(services, &pilot.officer, orders.concluded.reference, &a_draft(&[("P-02", "1")]))
        .await
        .expect("drawn");
    let director = orders.site.signed_in(&pilot.director).await;
    let path = format!("/bons/{id}/controle");
    let check = async |wrong: (&str, &str)| {
        let good = [
            ("version", "1"),
            ("article", "104/123-13"),
            ("credit", "1 000,00"),
            ("engagement", "2026-1"),
            ("engage-le-jour", "20"),
            ("engage-le-mois", "11"),
            ("engage-le-annee", "2026"),
        ];
        let fields = good
            .map(|(name, value)| if name == wrong.0 { (name, wrong.1.to_owned()) } else { (name, value.to_owned()) });
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        orders.site.post(&director, &path, &fields).await
    };

    for article in ["104", "104/123", "abc/123-13", "104/1234-13", "10/123-13"] {
        assert_kept(
            &check(("article", article)).await,
            ("article", article),
            "Écrivez l’article budgétaire, par exemple 104/123-13",
        );
    }
    assert_kept(&check(("credit", "-1")).await, ("credit", "-1"), "Écrivez un montant positif, sans signe moins");
    assert_kept(&check(("credit", "mille")).await, ("credit", "mille"), "Écrivez le montant en euros");
    let short = check(("credit", "725,99")).await;
    assert!(
        short.status == 422 && short.read().contains("725,99 €, ne couvre pas le bon de 726,00 € TVAC"),
        "{}",
        short.read()
    );
    let later = check(("engage-le-annee", "2099")).await;
    assert!(
        later.status == 422
            && later.read().contains("L’engagement précède la commande : le 20 novembre 2099 est à venir")
    );
    for year in ["0026", "2201"] {
        let slip = check(("engage-le-annee", year)).await;
        assert!(slip.status == 422 && slip.body.contains("id=\"engage-le-erreur\""), "{year}: {}", slip.body);
    }
    let stale = check(("version", "0")).await;
    assert!(stale.status == 409 && stale.value("article") == "104/123-13", "{}", stale.status);
    assert_eq!(check(("", "")).await.status, 303);
}

#[tokio::test]
async fn a_double_click_on_an_approval_gives_one_number_and_says_so() {
    let orders = Orders::open().await;
    let id = orders.site.world.checked_voucher(&orders.concluded, orders.concluded.pilot(), &[("P-02", "1")]).await;
    let college = orders.site.signed_in(&orders.concluded.pilot().executive).await;
    let path = format!("/bons/{id}/approbation");
    let fields = [("version", "2"), ("organe", "executive"), ("decision", "114")];

    let (one, two) =
        tokio::join!(orders.site.post(&college, &path, &fields), orders.site.post(&college, &path, &fields));

    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 422]);
    let page = orders.site.get(&college, &format!("/bons/{id}")).await;
    assert!(page.body.contains("BC-20") && page.body.contains("-000001"));
}

#[tokio::test]
async fn each_organ_approves_for_itself_and_the_delegate_reads_his_limit() {
    let orders = Orders::open().await;
    let (world, pilot) = (&orders.site.world, orders.concluded.pilot());
    let id = world.checked_voucher(&orders.concluded, pilot, &[("P-02", "5")]).await;
    let director = world.member(&pilot.organisation, Role::ChiefExecutive).await;
    let director = orders.site.signed_in(&director).await;
    let college = orders.site.signed_in(&pilot.executive).await;
    let path = format!("/bons/{id}/approbation");
    let fields = |organ, reason| [("version", "2"), ("organe", organ), ("decision", "114"), ("raison", reason)];

    let read = orders.site.get(&director, &path).await;
    let own = orders.site.get(&college, &path).await;
    assert!(read.read().contains("dépasse ce que le conseil délègue au directeur général"), "{}", read.read());
    assert!(!read.body.contains("value=\"executive\"") && !own.body.contains("value=\"chief_executive\""));
    assert!(!own.read().contains("délègue"), "the college has no limit here");
    let for_another = orders.site.post(&director, &path, &fields("executive", "")).await;
    assert!(for_another.status == 422 && for_another.read().contains("Chaque organe enregistre ses propres décisions"));
    assert_eq!(orders.site.post(&director, &path, &fields("delegate", "")).await.status, 422);
    assert_eq!(orders.site.post(&director, &path, &fields("chief_executive", "")).await.status, 422);
    assert_eq!(
        orders.site.post(&director, &path, &fields("chief_executive", "Délégation de 5 000 €")).await.status,
        303
    );
}

#[tokio::test]
async fn the_trail_tells_the_answer_of_the_firm_in_words() {
    let orders = Orders::open().await;
    let (world, concluded) = (&orders.site.world, &orders.concluded);
    world.confirmed_voucher(concluded, concluded.pilot(), &[("P-02", "1")]).await;

    let page = orders.site.get(&orders.officer, &format!("/marches/{}/historique", concluded.reference)).await;

    page.assert_page();
    assert!(page.read().contains("Accepté par l’entreprise"), "{}", page.read());
    assert!(!page.read().contains("confirm"), "{}", page.read());
}

#[tokio::test]
async fn an_invoice_that_differs_says_by_how_much() {
    let orders = Orders::open().await;
    let (world, concluded) = (&orders.site.world, &orders.concluded);
    let id = world.confirmed_voucher(concluded, concluded.pilot(), &[("P-02", "2")]).await;
    let firm = orders.site.signed_in(&concluded.firm).await;
    let on = domain::kernel::time::brussels(world.services.now()).format("%d %m %Y").to_string();
    let [day, month, year] = <[&str; 3]>::try_from(on.split(' ').collect::<Vec<_>>()).expect("three parts");
    let delivered = [
        ("version", "5"),
        ("le-jour", day),
        ("le-mois", month),
        ("le-annee", year),
        ("quantite-P-02", "2"),
        ("note", ""),
    ];
    assert_eq!(orders.site.post(&firm, &format!("/bons/{id}/livraison"), &delivered).await.status, 303);
    let manager = orders.site.signed_in(&concluded.pilot().manager).await;
    let reception = format!("/bons/{id}/reception");
    let silent =
        orders.site.post(&manager, &reception, &[("version", "6"), ("verdict", "refused"), ("motifs", "")]).await;
    assert!(silent.status == 422 && silent.body.contains("id=\"motifs-erreur\""), "a refusal has its reasons");
    assert_eq!(orders.site.post(&manager, &reception, &[("version", "6"), ("verdict", "whole")]).await.status, 303);

    let invoice = async |including: &str| {
        let fields = [
            ("version", "7"),
            ("facture", "F-1"),
            ("emise-jour", day),
            ("emise-mois", month),
            ("emise-annee", year),
            ("htva", "1 200,00"),
            ("tva", "252,00"),
            ("tvac", including),
        ];
        orders.site.post(&firm, &format!("/bons/{id}/facture"), &fields).await
    };
    let more = invoice("1 500,00").await;
    assert!(
        more.status == 422
            && more
                .read()
                .contains("La facture dépasse de 48,00 € ce qui est réceptionné : 1 452,00 € TVAC sont attendus"),
        "{}",
        more.read()
    );
    assert_eq!(more.value("tvac"), "1 500,00");
    assert_eq!(invoice("1 452,00").await.status, 303);
    let due = orders.site.get(&manager, &format!("/bons/{id}")).await;
    assert!(due.read().contains("À payer au plus tard le"), "{}", due.read());
}

#[tokio::test]
async fn the_home_page_leads_each_role_to_what_waits_for_it() {
    let orders = Orders::open().await;
    let (world, pilot) = (&orders.site.world, orders.concluded.pilot());
    let services = &world.services;
    let reference = orders.concluded.reference;
    let id = voucher::draft(services, &pilot.officer, reference, &a_draft(&[("P-02", "2")])).await.expect("drawn");
    let director = orders.site.signed_in(&pilot.director).await;
    let college = orders.site.signed_in(&pilot.executive).await;
    let manager = orders.site.signed_in(&pilot.manager).await;
    let firm = orders.site.signed_in(&orders.concluded.firm).await;
    let leads = async |browser: &Browser, page: &str| {
        orders.site.get(browser, "/").await.body.contains(&format!("href=\"/bons/{id}/{page}\""))
    };
    let closes = async || {
        let home = orders.site.get(&orders.officer, "/").await;
        let voucher = orders.site.get(&orders.officer, &format!("/bons/{id}")).await;
        (home.body.contains(&format!("href=\"/bons/{id}\"")), voucher.read())
    };

    assert!(leads(&director, "controle").await && !leads(&college, "approbation").await);
    voucher::check(services, &pilot.director, id, 1, &world.a_commitment()).await.expect("checked");
    assert!(!leads(&director, "controle").await && leads(&college, "approbation").await);
    voucher::approve(services, &pilot.executive, id, 2, &an_approval()).await.expect("approved");
    assert!(!leads(&firm, "reponse").await);
    voucher::send(services, &pilot.officer, id, 3).await.expect("sent");
    assert!(leads(&firm, "reponse").await);
    voucher::confirm(services, &orders.concluded.firm, id, 4).await.expect("confirmed");
    assert!(leads(&firm, "livraison").await && !leads(&manager, "reception").await);

    orders.deliver(id, "1").await;
    assert!(!leads(&firm, "livraison").await && leads(&manager, "reception").await);
    voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");
    assert!(leads(&firm, "livraison").await && leads(&firm, "facture").await && !leads(&manager, "reception").await);
    orders.state_invoice(id, "F-1").await;
    assert!(!leads(&firm, "facture").await && leads(&director, "paiement").await);
    voucher::pay(services, &pilot.director, id, 8, orders.today()).await.expect("paid");
    assert!(leads(&firm, "livraison").await && !leads(&director, "paiement").await);
    let (leads_to_the_end, page) = closes().await;
    assert!(
        !leads_to_the_end && page.contains("reviennent à votre part, pour ce qui n’a pas été réceptionné"),
        "{page}"
    );

    orders.deliver(id, "1").await;
    voucher::accept(services, &pilot.manager, id, 10, &Found::Whole).await.expect("accepted");
    assert!(!leads(&firm, "livraison").await && leads(&firm, "facture").await);
    orders.state_invoice(id, "F-2").await;
    voucher::pay(services, &pilot.director, id, 12, orders.today()).await.expect("paid");
    assert!(!leads(&firm, "livraison").await && !leads(&firm, "facture").await);
    let (leads_to_the_end, page) = closes().await;
    assert!(leads_to_the_end && page.contains("rien ne revient à votre part"), "{page}");
}

#[tokio::test]
async fn an_invoice_that_waits_is_on_the_home_page_behind_thirty_newer_drafts() {
    let orders = Orders::open().await;
    let (world, concluded) = (&orders.site.world, &orders.concluded);
    let (pilot, services) = (concluded.pilot(), &world.services);
    let id = world.confirmed_voucher(concluded, pilot, &[("P-02", "1")]).await;
    orders.deliver(id, "1").await;
    voucher::accept(services, &pilot.manager, id, 6, &Found::Whole).await.expect("accepted");
    orders.state_invoice(id, "F-1").await;
    for _ in 0..30 {
        let draft = a_draft(&[("P-03", "1")]);
        voucher::draft(services, &pilot.officer, concluded.reference, &draft).await.expect("drawn");
    }

    let director = orders.site.signed_in(&pilot.director).await;
    let home = orders.site.get(&director, "/").await;

    assert!(home.body.contains(&format!("href=\"/bons/{id}/paiement\"")), "{}", home.read());
}

#[tokio::test]
async fn the_surety_of_an_order_is_recorded_on_its_page_and_read_by_the_firm() {
    let site = Site::open().await;
    let concluded = site.world.concluded_per_order("200000.00").await;
    let id = site.world.confirmed_voucher(&concluded, concluded.pilot(), &[("P-02", "84")]).await;
    let (officer, path) = (site.signed_in(&concluded.pilot().officer).await, format!("/bons/{id}"));
    let today = brussels(site.world.services.now()).date();
    let [day, month, year] = ["%d", "%m", "%Y"].map(|part| today.format(part).to_string());
    let send = async |version: &str, number: &str| {
        let fields = [
            ("geste", "cautionner"),
            ("version", version),
            ("caution-le-jour", day.as_str()),
            ("caution-le-mois", month.as_str()),
            ("caution-le-annee", year.as_str()),
            ("caution-numero", number),
        ];
        site.post(&officer, &path, &fields).await
    };

    let asked = site.get(&officer, &path).await;
    assert!(asked.read().contains("Cautionnement de la commande"), "{}", asked.read());
    assert!(
        asked.read().contains("2 520,00 €") && asked.read().contains("En attente de la preuve"),
        "{}",
        asked.read()
    );
    assert_eq!(send("5", "").await.status, 422);
    assert_eq!(send("4", "CDC-7").await.status, 409);
    assert_eq!(send("5", "CDC-7").await.status, 303);
    let again = send("6", "CDC-8").await;
    assert!(again.status == 422 && again.read().contains("Aucun cautionnement n’est attendu"), "{}", again.read());

    let firm = site.signed_in(&concluded.firm).await;
    let read = site.get(&firm, &path).await;
    assert!(read.read().contains("CDC-7") && read.read().contains("Pas encore"), "{}", read.read());
    assert!(!read.read().contains("Enregistrer le cautionnement"), "{}", read.read());
}

#[tokio::test]
async fn what_is_anothers_is_not_there_for_anybody_else() {
    let orders = Orders::open().await;
    let (world, concluded) = (&orders.site.world, &orders.concluded);
    let id = world.checked_voucher(concluded, concluded.pilot(), &[("P-02", "1")]).await;
    voucher::approve(&world.services, &concluded.pilot().executive, id, 2, &an_approval()).await.expect("approved");
    let stranger = world.officer("Tournai").await;
    let stranger = orders.site.signed_in(&stranger).await;
    let participant = orders.site.signed_in(&concluded.parties[1].officer).await;
    let firm = orders.site.signed_in(&concluded.firm).await;
    let contract = format!("/contrats/{}", concluded.reference);

    for page in [
        "",
        "/modifier",
        "/controle",
        "/approbation",
        "/reponse",
        "/livraison",
        "/reception",
        "/facture",
        "/paiement",
        "/annulation",
        "/bon.pdf",
    ] {
        let path = format!("/bons/{id}{page}");
        for browser in [&stranger, &participant, &firm] {
            assert_eq!(orders.site.get(browser, &path).await.status, 404, "{path}");
        }
    }
    assert_eq!(orders.site.get(&stranger, &contract).await.status, 404);
    for browser in [&participant, &firm] {
        let page = orders.site.get(browser, &contract).await;
        assert!(page.status == 200 && page.read().contains("67 455,62 €"), "the same figures for all");
    }
    let pages = [
        format!("/bons?contrat={}", concluded.reference),
        "/bons?etat=approved&page=9".to_owned(),
        "/bons?etat=%3Cb%3E&contrat=x".to_owned(),
    ];
    for path in pages {
        assert_eq!(orders.site.get(&orders.officer, &path).await.status, 200, "{path}");
    }
}

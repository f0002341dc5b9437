//! Offers of the federal platform, copied through the page after its own opening.

use domain::{
    audit::{Outcome, Stream},
    authz::Actor,
    kernel::time::brussels,
    organisation::Role,
};
use service::{offer, store, testing::Adopted};

use crate::site::{Answer, Browser, Site};

struct Copying {
    site: Site,
    adopted: Adopted,
    /// The pilot's officer.
    browser: Browser,
    /// The day on which offers arrived, in three fields.
    day: [String; 3],
}

impl Copying {
    /// A call on the platform, an hour after the end of its deposit.
    async fn open() -> Self {
        let site = Site::open().await;
        let adopted = site.world.platform_tender("Namur").await;
        let view = store::tenders::find(&site.world.services, adopted.officer.scope(), adopted.reference).await;
        let until = view.expect("found").tender.clock.deposit_until.expect("a called tender");
        site.world.stands_at(until + chrono::TimeDelta::hours(1));
        let browser = site.signed_in(&adopted.officer).await;
        let day = brussels(until).date();
        let day = ["%d", "%m", "%Y"].map(|part| day.format(part).to_string());
        Self { site, adopted, browser, day }
    }

    fn page(&self) -> String {
        format!("/marches/{}/offres/saisir", self.adopted.reference)
    }

    /// The form of one offer, with these fields in place of the good ones.
    async fn copy(&self, changed: &[(&str, &str)]) -> Answer {
        let [day, month, year] = &self.day;
        let good = [
            ("bce", "1000.000.021"),
            ("entreprise", "Aubier Logiciels"),
            ("arrivee-jour", day),
            ("arrivee-mois", month),
            ("arrivee-annee", year),
            ("arrivee-heure", "10:59"),
            ("rapport", "PVO-12"),
            ("prix-1", "120 000,00"),
            ("tva-1", "21"),
            ("remarque", "Sans option"),
        ];
        let fields: Vec<_> = good
            .into_iter()
            .map(|(name, value)| changed.iter().copied().find(|(field, _)| *field == name).unwrap_or((name, value)))
            .collect();
        self.site.post(&self.browser, &self.page(), &fields).await
    }

    async fn firms(&self) -> Vec<String> {
        let typed = offer::typed(&self.site.world.services, &self.adopted.officer, self.adopted.reference).await;
        typed.expect("its officer reads").into_iter().map(|offer| offer.firm_name).collect()
    }

    /// What the trail says last: what was tried, and what came of it.
    async fn last_row(&self) -> (String, Outcome) {
        let (world, Adopted { reference, officer, .. }) = (&self.site.world, &self.adopted);
        let view = store::tenders::find(&world.services, officer.scope(), *reference).await.expect("found");
        let row = world.last_audit(Stream::Tender(view.tender.id)).await;
        (row.action, row.outcome)
    }

    async fn of(&self, role: Role) -> (Actor, Browser) {
        let member = self.site.world.member(&self.adopted.pilot, role).await;
        let browser = self.site.signed_in(&member).await;
        (member, browser)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_offer_of_the_platform_is_copied_shown_and_taken_back() {
    let copying = Copying::open().await;

    let copied = copying.copy(&[]).await;
    assert_eq!(copied.status, 303, "{}", copied.body);
    let page = copying.site.get(&copying.browser, copied.header("location")).await;
    page.assert_page();
    for told in ["1 offre recopiée", "Aubier Logiciels", "120 000,00", "à 10:59:00"] {
        assert!(page.read().contains(told), "{told}: {}", page.read());
    }

    let twice = copying.copy(&[]).await;
    assert_eq!(twice.status, 422, "{}", twice.body);
    assert!(twice.read().contains("L’offre de cette entreprise est déjà recopiée"), "{}", twice.read());

    let offers = offer::typed(&copying.site.world.services, &copying.adopted.officer, copying.adopted.reference).await;
    let id = offers.expect("its officer reads")[0].id.to_string();
    let removed = copying.site.post(&copying.browser, &copying.page(), &[("retirer", &id)]).await;
    assert_eq!(removed.status, 303, "{}", removed.body);
    assert_eq!(copying.firms().await, Vec::<String>::new());
    let again = copying.site.post(&copying.browser, &copying.page(), &[("retirer", &id)]).await;
    assert_eq!(again.status, 404, "{}", again.body);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_copy_comes_back_as_typed_with_its_sentence() {
    let copying = Copying::open().await;

    for (field, typed, sentence) in [
        ("bce", "1000.000.022", "Vérifiez le numéro d’entreprise"),
        ("entreprise", "", "Écrivez le nom de l’entreprise"),
        ("arrivee-heure", "25:00", "heure"),
        ("rapport", "", "Écrivez le numéro du rapport d’ouverture"),
        ("prix-1", "douze", "Écrivez le montant en euros"),
        ("prix-1", "-5", "Écrivez un montant positif"),
        ("prix-1", "1000000000000000", "Vérifiez ce montant"),
    ] {
        let answer = copying.copy(&[(field, typed)]).await;

        assert_eq!(answer.status, 422, "{field} {typed}\n{}", answer.body);
        answer.assert_page();
        assert!(answer.read().matches(sentence).count() >= 2, "{field} {typed}: {}", answer.read());
        assert_eq!((answer.value(field), answer.value("remarque")), (typed.to_owned(), "Sans option".to_owned()));
    }
    let late = copying.copy(&[("arrivee-heure", "11:01")]).await;
    assert_eq!(late.status, 422, "{}", late.body);
    assert!(late.read().contains("Le dépôt est clos depuis"), "{}", late.read());
    let unpriced = copying.copy(&[("prix-1", "")]).await;
    assert_eq!(unpriced.status, 422, "{}", unpriced.body);
    assert!(unpriced.read().contains("pas encore de prix"), "{}", unpriced.read());
    assert_eq!(copying.firms().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_copied_is_read_by_the_officer_alone_until_the_opening() {
    let copying = Copying::open().await;
    assert_eq!(copying.copy(&[]).await.status, 303);
    let stranger = copying.site.world.officer("Gembloux").await;
    let stranger = copying.site.signed_in(&stranger).await;

    for role in [Role::FinanceDirector, Role::ChiefExecutive, Role::Council] {
        let (_, browser) = copying.of(role).await;
        let answer = copying.site.get(&browser, &copying.page()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        assert!(!answer.read().contains("Aubier Logiciels"), "{}", answer.read());
        let sent = copying.site.post(&browser, &copying.page(), &[("entreprise", "X")]).await;
        assert_eq!(sent.status, 403, "{}", sent.body);
        assert_eq!(copying.last_row().await, ("offer.type".to_owned(), Outcome::Denied));
    }
    assert_eq!(copying.site.get(&stranger, &copying.page()).await.status, 404);
    assert_eq!(copying.site.post(&stranger, &copying.page(), &[("entreprise", "X")]).await.status, 404);

    let (second, _) = copying.of(Role::ChiefExecutive).await;
    let services = &copying.site.world.services;
    offer::attend(services, &copying.adopted.officer, copying.adopted.reference).await.expect("the first is present");
    offer::open(services, &second, copying.adopted.reference).await.expect("opened");
    let closed = copying.copy(&[("bce", "1000.000.219")]).await;
    assert_eq!(closed.status, 422, "{}", closed.body);
    assert!(closed.read().contains("Les offres sont déjà ouvertes"), "{}", closed.read());
    assert_eq!(copying.last_row().await, ("offer.type".to_owned(), Outcome::Refused));
}

//! Offers that hold a marker, written, sent and deposited as a browser does.

use domain::authz::Actor;
use service::testing::Opened;

use super::search::Marker;
use crate::{site::Site, uploads};

/// Every firm writes its prices and a remark and sends a file; every other one deposits, the rest keep their drafts.
pub(super) async fn fill(site: &Site, called: &Opened, marker: &Marker) {
    for (number, (_, firm)) in called.firms.iter().enumerate() {
        write(site, firm, &called.reference.to_string(), marker, number % 2 == 0).await;
    }
}

async fn write(site: &Site, firm: &Actor, reference: &str, marker: &Marker, deposits: bool) {
    let browser = site.signed_in(firm).await;
    let at = |page: &str| format!("/offres/{reference}/{page}");
    let remark = format!("Une remarque, {}.", marker.word);
    let fields = [("version", "0"), ("prix-1", marker.typed()), ("tva-1", "21"), ("remarque", &remark)];
    let priced = site.post(&browser, &at("prix"), &fields).await;
    assert_eq!(priced.status, 303, "{}", priced.body);

    let (name, file) = (format!("{}.csv", marker.word), format!("poste;{}\r\n", marker.word));
    let sent = site.send(uploads::request(&browser, &at("fichiers"), uploads::form(&name, file.as_bytes()))).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    // The firm reads its own offer, and sees that the search would know it.
    let check = site.get(&browser, &at("verifier")).await;
    assert!(marker.marks(check.body.as_bytes()).contains(&marker.word), "{}", check.body);
    if deposits {
        let version = check.value("version");
        let deposited = site.post(&browser, &at("verifier"), &[("version", &version), ("engage", "oui")]).await;
        assert_eq!(deposited.status, 303, "{}", deposited.body);
    }
}

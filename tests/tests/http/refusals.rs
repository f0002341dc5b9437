//! What no page can read is refused by a page of its own, with a sentence, and leaves nothing behind.

use axum::{
    body::Body,
    http::{Method, header},
};

use crate::site::{Answer, Browser, Site, encoded};

const NEED: [(&str, &str); 5] = [
    ("objet", "Guichet citoyen"),
    ("cpv", "72212000"),
    ("nature", "services"),
    ("estimation", "128 000,00"),
    ("quantite", "1"),
];

fn assert_told(answer: &Answer, status: u16, sentence: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    answer.assert_page();
    assert!(answer.body.contains(sentence), "{}", answer.body);
}

async fn assert_nothing_was_kept(site: &Site, browser: &Browser) {
    assert!(!site.get(browser, "/besoins").await.body.contains("Guichet citoyen"));
}

#[tokio::test]
async fn a_form_of_another_site_is_refused() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for (name, value) in [
        ("origin", "https://mechant.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:4000"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let mut request = officer.form("/besoins/nouveau", &encoded(&NEED));
        request.headers_mut().insert(name, value.parse().expect("a header"));

        let answer = site.send(request).await;

        assert_told(&answer, 403, "Cet envoi vient d’un autre site");
    }
    assert_nothing_was_kept(&site, &officer).await;
}

#[tokio::test]
async fn a_form_of_our_own_page_is_accepted() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for (name, value) in [("origin", "http://127.0.0.1:3000"), ("sec-fetch-site", "same-origin")] {
        let mut request = officer.form("/besoins/nouveau", &encoded(&NEED));
        request.headers_mut().insert(name, value.parse().expect("a header"));

        assert_eq!(site.send(request).await.status, 303, "{name}: {value}");
    }
}

#[tokio::test]
async fn a_form_that_is_too_large_is_refused() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let large = "x".repeat(12 * 1024 * 1024 + 1);

    let plain = site.send(officer.form("/besoins/nouveau", &format!("objet={large}"))).await;
    let with_file = site.send(with_file(&officer, &large)).await;

    for answer in [plain, with_file] {
        assert_told(&answer, 413, "Cet envoi est trop lourd");
        assert!(answer.body.contains("12\u{a0}Mo"), "it says how much is taken");
    }
    assert_nothing_was_kept(&site, &officer).await;
}

#[tokio::test]
async fn a_file_of_a_few_mebibytes_is_taken() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    let answer = site.send(with_file(&officer, &"x".repeat(5 * 1024 * 1024))).await;

    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[tokio::test]
async fn a_form_with_a_nul_is_refused() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;
    let good = encoded(&NEED);

    for broken in [good.replace("Guichet", "Gui%00chet"), format!("{good}&obj%00et=x")] {
        let answer = site.send(officer.form("/besoins/nouveau", &broken)).await;

        assert_told(&answer, 400, "Cet envoi est illisible");
    }
    assert_nothing_was_kept(&site, &officer).await;
}

#[tokio::test]
async fn a_broken_form_with_files_is_refused() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for kind in ["multipart/form-data", "multipart/form-data; boundary=frontiere"] {
        let request = officer
            .request(Method::POST, "/besoins/nouveau")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from("--frontiere\r\ncontent-disposition: form-data; name=\"objet\"\r\n\r\nGuichet citoyen"))
            .expect("a request");

        let answer = site.send(request).await;

        assert_told(&answer, 400, "Cet envoi est illisible");
    }
}

#[tokio::test]
async fn a_page_that_only_reads_takes_no_form() {
    let site = Site::open().await;

    for (method, path) in [(Method::POST, "/appels"), (Method::PUT, "/connexion"), (Method::DELETE, "/besoins/nouveau")]
    {
        let request = Browser::default().request(method, path).body(Body::empty()).expect("a request");

        let answer = site.send(request).await;

        assert_told(&answer, 405, "Cette page ne reçoit pas de formulaire");
        assert!(answer.header("allow").contains("GET"), "{:?}", answer.headers);
    }
}

#[tokio::test]
async fn an_unknown_address_is_a_page_that_says_so() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for browser in [&Browser::default(), &officer] {
        for path in [
            "/nulle-part",
            "/besoins/nouveau/",
            "/%FF",
            "/besoins/%FF",
            "//besoins",
            "/BESOINS",
            "/.env",
            "/connexion/../secret",
        ] {
            let answer = site.get(browser, path).await;

            assert_told(&answer, 404, "Cette page n’existe pas ou ne vous est pas ouverte");
        }
    }
}

#[tokio::test]
async fn asking_for_the_head_alone_gives_the_same_head() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for route in app::routes().into_iter().filter(|route| !route.path.contains('{')) {
        let page = site.get(&officer, route.path).await;
        let request = officer.request(Method::HEAD, route.path).body(Body::empty()).expect("a request");

        let head = site.send(request).await;

        assert_eq!((head.status, head.body.as_str()), (page.status, ""), "{}", route.path);
        assert_eq!(head.header("content-type"), page.header("content-type"), "{}", route.path);
    }
}

#[tokio::test]
async fn a_page_without_islands_may_run_no_script() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for route in app::routes().into_iter().filter(|route| !route.path.contains('{')) {
        let page = site.get(&officer, route.path).await;

        let policy = page.header("content-security-policy");
        assert_eq!(page.body.contains("<script"), !policy.contains("script-src 'none'"), "{}", route.path);
        assert!(!page.body.contains(" style=") && !page.body.contains(" onclick="), "{}: nothing inline", route.path);
    }
}

#[tokio::test]
async fn a_query_can_not_break_a_page() {
    let site = Site::open().await;
    let (_, officer) = site.officer("Namur").await;

    for query in [
        "page=0",
        "page=-1",
        "page=99999999999999999999",
        "page=%00",
        "fait=%3Cscript%3E",
        "%FF=%FF",
        "tri=x&tri=y",
        "&&=&",
    ] {
        // An officer has no page of offers, the clock of a test is not the demo's, and what is checked names its contract.
        let shut = ["/offres", "/demonstration", "/bons/nouveau/verifier"];
        let open = |route: &app::Route| !route.path.contains('{') && !shut.contains(&route.path);
        for route in app::routes().into_iter().filter(open) {
            let answer = site.get(&officer, &format!("{}?{query}", route.path)).await;

            assert_eq!(answer.status, 200, "{}?{query}", route.path);
            assert!(!answer.body.contains("<script>"));
        }
    }
}

/// The need, with one file.
fn with_file(browser: &Browser, content: &str) -> axum::http::Request<Body> {
    let part = |name: &str, value: &str| {
        format!("--frontiere\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let fields: String = NEED.iter().map(|(name, value)| part(name, value)).collect();
    let file = "--frontiere\r\ncontent-disposition: form-data; name=\"annexe\"; filename=\"annexe.pdf\"\r\n\r\n";
    browser
        .request(Method::POST, "/besoins/nouveau")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=frontiere")
        .body(Body::from(format!("{fields}{file}{content}\r\n--frontiere--\r\n")))
        .expect("a request")
}

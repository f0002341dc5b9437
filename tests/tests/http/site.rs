//! The router of one test, the people who ask it, and what they read in its answers.

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, Response, header},
};
use domain::{
    authz::Actor,
    kernel::{ids::NeedId, money::Money, reference::TenderRef},
    need::NeedDraft,
    procedure::{Nature, Procedure},
    tender::{Channel, Plan, Vehicle},
};
use service::{
    need,
    tender::{self, PlanDraft},
    testing::World,
};
use tower::ServiceExt as _;

/// A world behind its pages.
pub(crate) struct Site {
    pub(crate) world: World,
    router: Router,
}

/// Somebody's browser: nobody's at first, then the cookie that signing in gave.
#[derive(Clone, Default)]
pub(crate) struct Browser {
    pub(crate) cookie: String,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Site {
    pub(crate) async fn open() -> Self {
        Self::of(World::for_requests().await)
    }

    /// This world behind its pages.
    pub(crate) fn of(world: World) -> Self {
        let router = server::router(world.services.clone(), server::Site::none());
        Self { world, router }
    }

    /// The same, behind these proxies.
    pub(crate) async fn behind(proxies: &str) -> Self {
        let world = World::for_requests().await;
        let proxies = proxies.parse().expect("addresses and networks");
        let router = server::router_behind(world.services.clone(), server::Site::none(), proxies);
        Self { world, router }
    }

    /// The router itself, for answers that are not text.
    pub(crate) fn router(&self) -> Router {
        self.router.clone()
    }

    pub(crate) async fn get(&self, browser: &Browser, path: &str) -> Answer {
        self.send(browser.request(Method::GET, path).body(Body::empty()).expect("a request")).await
    }

    pub(crate) async fn post(&self, browser: &Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(browser.form(path, &encoded(fields))).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response: Response<Body> = self.router.clone().oneshot(request).await.expect("the router always answers");
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.expect("an answer has an end");
        let body = String::from_utf8(bytes.to_vec()).expect("an answer is text");
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// An answer that may be no text.
    pub(crate) async fn bytes(&self, browser: &Browser, path: &str) -> Vec<u8> {
        let request = browser.request(Method::GET, path).body(Body::empty()).expect("a request");
        let answer = self.router.clone().oneshot(request).await.expect("the router always answers");
        to_bytes(answer.into_body(), usize::MAX).await.expect("an answer has an end").to_vec()
    }

    /// Signs in by the one click of the demo.
    pub(crate) async fn signed_in(&self, actor: &Actor) -> Browser {
        let answer = self.post(&Browser::default(), "/connexion", &[("personne", &actor.person().to_string())]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
        answer.browser()
    }

    /// The procurement officer of a new commune, signed in.
    pub(crate) async fn officer(&self, commune: &str) -> (Actor, Browser) {
        let actor = self.world.officer(commune).await;
        let browser = self.signed_in(&actor).await;
        (actor, browser)
    }

    pub(crate) async fn need_of(&self, actor: &Actor) -> NeedId {
        let draft = NeedDraft {
            object: "Guichet citoyen".to_owned(),
            description: "Un guichet en logiciel libre".to_owned(),
            cpv: "72212000".to_owned(),
            nature: Nature::Services,
            estimate: Money::from_cents(12_800_000),
            quantity: "1".to_owned(),
            wanted_on: None,
        };
        need::describe(&self.world.services, actor, &draft).await.expect("described")
    }
}

impl Site {
    /// A tender of the actor's own authority alone.
    pub(crate) async fn tender_of(&self, actor: &Actor) -> TenderRef {
        self.tender_as(actor, Vehicle::Isolated).await
    }

    /// The same for this vehicle.
    pub(crate) async fn tender_as(&self, actor: &Actor, vehicle: Vehicle) -> TenderRef {
        let draft = PlanDraft {
            plan: Plan {
                object: "Guichet citoyen".to_owned(),
                description: "Un guichet en logiciel libre".to_owned(),
                cpv: "72212000".to_owned(),
                nature: Nature::Services,
                vehicle,
                procedure: Procedure::Pnspp,
                channel: Channel::Hosted,
                procedure_reason: Some("Montant sous le seuil".to_owned()),
                lots_reason: None,
                estimate: Money::from_cents(10_000_000),
            },
            own_need: Money::from_cents(10_000_000),
            quantity: "1".to_owned(),
            need: None,
            reason: Some("Essai".to_owned()),
        };
        tender::plan(&self.world.services, actor, &draft).await.expect("planned")
    }
}

impl Browser {
    pub(crate) fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
        if self.cookie.is_empty() { request } else { request.header(header::COOKIE, &self.cookie) }
    }

    /// A form as a browser sends it, already encoded.
    pub(crate) fn form(&self, path: &str, encoded: &str) -> Request<Body> {
        self.request(Method::POST, path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(encoded.to_owned()))
            .expect("a request")
    }
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The browser after it took the answer's cookie.
    pub(crate) fn browser(&self) -> Browser {
        let cookie = self.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        assert!(cookie.starts_with("beffroi="), "no session came: {cookie:?}");
        Browser { cookie }
    }

    /// The body as the eye reads it: spaces that do not break are spaces.
    pub(crate) fn read(&self) -> String {
        self.body.replace(['\u{a0}', '\u{202f}'], " ")
    }

    /// The opening tag of the field of this name.
    pub(crate) fn field(&self, name: &str) -> &str {
        let at = self.body.find(&format!(" name=\"{name}\"")).unwrap_or_else(|| panic!("no field {name}"));
        let start = self.body[..at].rfind('<').expect("an attribute stands in a tag");
        let end = self.body[at..].find('>').map(|end| at + end).expect("a tag ends");
        &self.body[start..=end]
    }

    /// What stands in the field of this name, as a person reads it.
    pub(crate) fn value(&self, name: &str) -> String {
        let tag = self.field(name);
        if tag.starts_with("<textarea") {
            let after = &self.body[self.body.find(tag).expect("the tag is there") + tag.len()..];
            let inside = &after[..after.find("</textarea>").expect("a textarea ends")];
            // A browser drops the first line break.
            return unescaped(inside.strip_prefix('\n').unwrap_or(inside));
        }
        attribute(tag, "value")
    }

    /// The hidden fields of the page's first form that has some.
    pub(crate) fn hidden(&self) -> Vec<(String, String)> {
        let form = self.body.split("<form").find(|form| form.contains("type=\"hidden\"")).unwrap_or_default();
        let form = form.split("</form>").next().unwrap_or_default();
        form.split("<input type=\"hidden\"")
            .skip(1)
            .map(|tag| tag.split('>').next().unwrap_or_default())
            .map(|tag| (attribute(tag, "name"), attribute(tag, "value")))
            .collect()
    }

    /// A page of ours: its shell is there, its policy too, and it names itself once.
    pub(crate) fn assert_page(&self) {
        assert_eq!(self.header("content-type"), "text/html; charset=utf-8", "{}", self.body);
        assert!(self.body.starts_with("<!doctype html>") && self.body.contains("lang=\"fr-BE\""));
        assert_eq!(self.body.matches("<h1").count(), 1, "{}", self.body);
        assert!(self.body.contains("id=\"contenu\"") && self.body.contains("class=\"foot\""));
        let policy = self.header("content-security-policy");
        for part in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            assert!(policy.contains(part), "{policy:?}");
        }
        assert!(!policy.contains("unsafe-inline"), "{policy:?}");
        assert_eq!(self.header("x-content-type-options"), "nosniff");
        assert_eq!(self.header("referrer-policy"), "same-origin");
        assert_eq!(self.header("cache-control"), "private, no-store");
    }
}

fn attribute(tag: &str, name: &str) -> String {
    let Some((_, after)) = tag.split_once(&format!(" {name}=\"")) else { return String::new() };
    unescaped(after.split('"').next().unwrap_or_default())
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#x27;", "'").replace("&amp;", "&")
}

/// `application/x-www-form-urlencoded`.
pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect()
    };
    let pairs: Vec<_> = fields.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    pairs.join("&")
}

//! The document around every page: head, rail for officers or head for the public, footer.

use std::sync::Arc;

use domain::organisation::OrganisationKind;
use leptos::{prelude::*, reactive::owner::Owner};

use super::{Cx, Page, ui::icon, words::t};

/// The whole HTML of a page. Views are made and painted here, at once, on this thread.
pub fn document(cx: &Cx, page: Page, is_error: bool) -> String {
    let owner = Owner::new_root(Some(Arc::new(hydration_context::SsrSharedContext::new_islands())));
    let live = page.live;
    let html = owner.with(|| shell(cx, page, is_error).to_html());
    drop(owner);
    // Without islands nothing is hydrated, and Leptos's markers between texts have no reader.
    let html = if live { html } else { html.replace("<!>", "") };
    format!("<!doctype html>{html}")
}

fn shell(cx: &Cx, page: Page, is_error: bool) -> AnyView {
    let Page { title, body, section, airy, script, .. } = page;
    let title = format!("{}{title} · {}", if is_error { t!(common.error_prefix) } else { "" }, t!(common.beffroi));
    let script = script.map(|script| view! { <script src=cx.asset(script) defer=true></script> });
    let theme = (!cx.theme().is_empty()).then(|| cx.theme().to_owned());
    let inside = if airy || cx.who().is_none() { public(cx, section, body()) } else { office(cx, section, body()) };
    view! {
        <html lang="fr-BE" class:airy=airy data-theme=theme>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <title>{title}</title>
                <link rel="icon" href=cx.asset("icone.svg")/>
                <link rel="stylesheet" href=cx.asset("beffroi.css")/>
                {script}
            </head>
            {inside}
        </html>
    }
    .into_any()
}

struct Entry {
    address: &'static str,
    icon: &'static str,
    word: &'static str,
    /// The end of the word, where there is room.
    rest: &'static str,
    /// Left out of the bottom bar of a phone.
    more: bool,
}

fn menu(cx: &Cx) -> Vec<Entry> {
    let entry = |address, icon, word| Entry { address, icon, word, rest: "", more: false };
    let authority = cx.who().is_some_and(|who| who.actor.kind().is_contracting_authority());
    let mut menu = vec![entry("/", icon::HOUSE, t!(common.home))];
    if authority {
        menu.push(entry("/besoins", icon::LIGHTBULB, t!(common.needs)));
        menu.push(entry("/marches", icon::FILE_TEXT, t!(common.tenders)));
    } else {
        menu.push(entry("/appels", icon::MEGAPHONE, t!(common.calls)));
    }
    if is_firm(cx) {
        menu.push(entry("/offres", icon::FILE_TEXT, t!(call.mine)));
    }
    if authority || is_firm(cx) {
        menu.push(entry("/contrats", icon::SIGNATURE, t!(common.contracts)));
        menu.push(Entry { rest: t!(common.vouchers_rest), ..entry("/bons", icon::RECEIPT, t!(common.vouchers_short)) });
    }
    if authority {
        menu.push(Entry { more: true, ..entry(super::central::PATH, icon::USERS, t!(common.central)) });
    }
    menu.push(Entry { more: true, ..entry("/organisations", icon::LANDMARK, t!(common.organisations)) });
    menu
}

fn is_firm(cx: &Cx) -> bool {
    cx.who().is_some_and(|who| who.actor.kind() == OrganisationKind::Sme)
}

fn office(cx: &Cx, section: &str, body: AnyView) -> AnyView {
    let entries: Vec<AnyView> = menu(cx)
        .into_iter()
        .map(|entry| {
            let current = (entry.address == section).then_some("page");
            let rest = (!entry.rest.is_empty()).then(|| view! { <span class="wide-only">{entry.rest}</span> });
            view! {
                <li class:more=entry.more>
                    <a href=entry.address aria-current=current>{icon::view(entry.icon)}<span>{entry.word}{rest}</span></a>
                </li>
            }
            .into_any()
        })
        .collect();
    let (organisation, person) =
        cx.who().map(|who| (who.acting.organisation.name.clone(), who.person.name.clone())).unwrap_or_default();
    view! {
        <body class="app">
            {skip_link()}
            <header class="rail">
                {brand("var(--stone)")}
                <div class="acting">
                    <span>{t!(common.acting_for)}</span>
                    <b>{organisation}</b>
                    <span>{person}" · "<a href="/compte">{t!(common.change)}</a></span>
                </div>
                <nav class="nav" aria-label=t!(common.nav)><ul>{entries}</ul></nav>
            </header>
            <main class="main" id="contenu"><div class="wrap">{demo_banner(cx)}{body}</div></main>
            <footer class="foot"><p>{foot_words()}</p></footer>
        </body>
    }
    .into_any()
}

fn public(cx: &Cx, section: &str, body: AnyView) -> AnyView {
    let link = |address: &'static str, word: &'static str| {
        let current = (address == section).then_some("page");
        view! { <a href=address aria-current=current>{word}</a> }
    };
    let mine = is_firm(cx).then(|| view! { {link("/offres", t!(call.mine))}{link("/bons", t!(common.vouchers))} });
    let account =
        if cx.who().is_some() { link("/compte", t!(common.account)) } else { link("/connexion", t!(common.sign_in)) };
    let acting = cx.who().map(|who| {
        let name = who.acting.organisation.name.clone();
        view! { <p class="acting-here">{t!(common.acting_for)}" "<b>{name}</b></p> }
    });
    view! {
        <body>
            {skip_link()}
            <header class="top">
                <div class="wrap">
                    {brand("var(--surface)")}
                    {acting}
                    <nav aria-label=t!(common.nav)>{link("/appels", t!(common.calls))}{mine}{account}</nav>
                </div>
            </header>
            <main id="contenu">{demo_banner(cx)}{body}</main>
            <footer class="foot"><p class="wrap">{foot_words()}</p></footer>
        </body>
    }
    .into_any()
}

fn demo_banner(cx: &Cx) -> Option<AnyView> {
    cx.is_demo().then(|| {
        let clock =
            cx.services().demo_clock().map(|_| view! { " · "<a href="/demonstration">{t!(demo.banner_link)}</a> });
        view! { <p class="demo small">{t!(common.demo)}{clock}</p> }.into_any()
    })
}

fn skip_link() -> impl IntoView {
    view! { <a href="#contenu" class="govuk-skip-link">{t!(common.skip)}</a> }
}

fn foot_words() -> impl IntoView {
    view! {
        {t!(common.foot)}" · "<a href="/parametres">{t!(common.parameters)}</a>" · "
        <a href=super::central::PATH>{t!(common.central)}</a>" · "
        <a href="/calcul">{t!(common.calculator)}</a>" · "<a href="/affichage">{t!(common.theme)}</a>
    }
}

/// The belfry and its bell; `ground` is the colour behind it, seen through the door.
fn brand(ground: &'static str) -> impl IntoView {
    view! {
        <a class="brand" href="/">
            <svg viewBox="0 0 30 34" aria-hidden="true" focusable="false">
                <path fill="currentColor" d="M15 0 24 10.5h2.2V15h-1.7v19H5.5V15H3.8v-4.5H6z"/>
                <path fill=ground d="M8.8 34V21.4a6.2 6.2 0 0 1 12.4 0V34z"/>
                <path fill="#dcae58" d="M15 17.6c-2.6 0-3.9 2-3.9 4.5 0 2.7-.9 3.9-1.8 4.8v.9h11.4v-.9c-.9-.9-1.8-2.1-1.8-4.8 0-2.500-1.300-4.500-3.900-4.500z"/>
                <circle cx="15" cy="29.6" r="1.6" fill="#dcae58"/>
            </svg>
            {t!(common.beffroi)}
        </a>
    }
}

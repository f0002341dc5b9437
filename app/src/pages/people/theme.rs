use leptos::prelude::*;

use crate::pages::{Cx, Done, Form, Page, Params, Shown, Submitted, ui, ui::Field, words::t};

pub(crate) async fn show(cx: Cx, _: Params, form: Form) -> Shown {
    let theme = if cx.theme().is_empty() { "auto".to_owned() } else { cx.theme().to_owned() };
    let airy = cx.who().is_none();
    let page = Page::new(t!(person.theme), "/affichage", move || {
        let choices =
            [("auto", t!(person.theme_auto)), ("light", t!(person.theme_light)), ("dark", t!(person.theme_dark))]
                .map(|(value, word)| (value.to_owned(), word.to_owned()));
        view! {
            <div class:page=airy>
                {ui::head(t!(person.theme)).lede(t!(person.theme_lede)).view()}
                <div class="prose">
                    {ui::form(&cx, view! {
                        {Field::radios("theme", t!(person.theme), choices.to_vec()).value(theme).view(&form)}
                        <div class="row actions"><button class="btn">{t!(person.theme_save)}</button></div>
                    })}
                </div>
            </div>
        }
        .into_any()
    });
    Ok(if airy { page.airy() } else { page })
}

pub(crate) async fn submit(_: Cx, _: Params, form: Form) -> Submitted {
    let theme = match form.text("theme") {
        "light" => "light",
        "dark" => "dark",
        _ => "",
    };
    Ok(Done::Theme { theme: theme.to_owned(), then: "/affichage".to_owned() })
}
